// Says whether the desk is live, in the words of [data-connection], in place of the framework's overlay.

const root = document.documentElement;
let since = "", back = 0, asking = 0;

const clock = () => new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

function say(state, words) {
  root.dataset.connection = state;
  for (const place of document.querySelectorAll("[data-connection-word]")) {
    place.dataset.state = state;
    const text = place.querySelector("span") ?? place;
    if (text.firstChild?.nodeType === Node.TEXT_NODE) text.firstChild.data = words; else text.textContent = words;
  }
}

function lost() {
  if (since) return;
  since = clock();
  clearTimeout(back);
  say("lost", `Reconnecting, what you see is from ${since}`);
}

function live() {
  since = "";
  clearInterval(asking);
  say("back", "Live again");
  back = setTimeout(() => say("live", "Live"), 3000);
}

function gone() {
  const face = document.querySelector(".ld-gone");
  face?.setAttribute("data-open", "");
  face?.querySelector("button")?.focus();
}

// Once by itself; when the desk did not come up since, the person is asked.
function reload() {
  if (sessionStorage.getItem("ld-reloaded")) { gone(); return; }
  sessionStorage.setItem("ld-reloaded", "yes");
  location.reload();
}

function whenUp() {
  const up = () => document.querySelector("[data-connection-word]") !== null;
  const note = () => { sessionStorage.removeItem("ld-reloaded"); };
  if (up()) { note(); return; }
  const watch = new MutationObserver(() => { if (up()) { watch.disconnect(); note(); } });
  watch.observe(document.body, { childList: true, subtree: true });
}

async function again() {
  try {
    if (await Blazor.reconnect()) { live(); return; }
    if (await Blazor.resumeCircuit?.()) { live(); return; }
    reload();
  } catch { /* the server is still away: asked again later */ }
}

function changed({ detail }) {
  switch (detail?.state) {
    case "show":
    case "retrying":
    case "paused": lost(); break;
    case "hide": live(); break;
    case "failed":
      lost();
      clearInterval(asking);
      asking = setInterval(again, 5000);
      break;
    case "rejected":
    case "resume-failed": reload(); break;
  }
}

// Acts wait while the desk is away; reading, scrolling and links out stay.
function hold(event) {
  if (!since || !(event.target instanceof Element) || event.target.closest(".ld-gone")) return;
  if (!event.target.closest("button, [role=button], [role=option], input[type=checkbox], input[type=radio], a[href], summary")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

export function init() {
  whenUp();
  document.getElementById("components-reconnect-modal")?.addEventListener("components-reconnect-state-changed", changed);
  document.addEventListener("click", hold, true);
  document.addEventListener("submit", hold, true);
  document.querySelector(".ld-gone button")?.addEventListener("click", () => { sessionStorage.removeItem("ld-reloaded"); location.reload(); });
}
