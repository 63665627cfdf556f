// What is being written on a lead's profile: kept in this tab's own storage until it is saved, sent with Ctrl+Enter, never longer than its field.
// A composer is [data-composer="PERSON:LEAD:call"]; its fields are [data-draft="name"], its button [data-save]. The rest is the running duration and the "now" of the clock line.
import { now } from "./time.js";

const prefix = "ld-draft:", minute = 60000;

const store = { read: key => { try { return JSON.parse(sessionStorage.getItem(prefix + key) ?? "null"); } catch { return null; } } };
const fieldsOf = root => [...root.querySelectorAll("[data-draft]")];
const composerOf = target => target instanceof Element ? target.closest("[data-composer]") : null;

function keep(root) {
  const kept = {};
  for (const field of fieldsOf(root)) {
    if (field.type === "radio" ? field.checked : field.value !== "") kept[field.dataset.draft] = field.value;
  }
  try {
    if (Object.keys(kept).some(name => name !== "from")) sessionStorage.setItem(prefix + root.dataset.composer, JSON.stringify(kept));
    else sessionStorage.removeItem(prefix + root.dataset.composer);
  } catch { /* full or forbidden: then there is no draft */ }
}

function limit(field) {
  const sentence = field.closest("[data-limited]")?.querySelector("[data-limit]");
  if (sentence) sentence.hidden = !(field.maxLength > 0 && field.value.length >= field.maxLength);
}

// What was typed but not yet left reaches the server before the button does.
function flush(root) {
  for (const field of fieldsOf(root)) {
    if (field.dataset.dirty === undefined) continue;
    delete field.dataset.dirty;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

/** "call" or "comment" where one was begun in this tab and not saved; "" otherwise. */
export const begun = of => ["call", "comment"].find(kind => store.read(`${of}:${kind}`)) ?? "";

/** Puts a kept draft back into the composer. */
export function restore(root) {
  if (!root) return;
  const kept = store.read(root.dataset.composer);
  if (kept) {
    for (const field of fieldsOf(root)) {
      const value = kept[field.dataset.draft];
      if (value === undefined) continue;
      if (field.type === "radio") { if (field.value === value && !field.checked) field.click(); continue; }
      if (field.value === value) continue;
      field.value = value;
      field.dispatchEvent(new Event("change", { bubbles: true }));
      limit(field);
    }
  }
  tick();
}

export const clear = key => { try { sessionStorage.removeItem(prefix + key); } catch { /* nothing is kept */ } };

function tick() {
  for (const field of document.querySelectorAll("input[data-running]")) field.placeholder = `${Math.max(0, Math.floor((now() - field.dataset.running) / minute))}`;
  for (const mark of document.querySelectorAll("[data-now-start]")) {
    const start = +mark.dataset.nowStart, due = +mark.dataset.nowDue;
    const share = due > start ? Math.min(1, Math.max(0, (now() - start) / (due - start))) : 1;
    mark.setAttribute("transform", `translate(${(share * +mark.dataset.nowWidth).toFixed(1)} 0)`);
    for (const part of mark.closest("svg").querySelectorAll("[data-left]")) {
      const at = share * +mark.dataset.nowWidth, from = at >= +part.dataset.left ? at : +mark.dataset.nowWidth;
      part.setAttribute("x", from.toFixed(1));
      part.setAttribute("width", Math.max(0, +mark.dataset.nowWidth - from).toFixed(1));
    }
  }
}

document.addEventListener("input", event => {
  const root = composerOf(event.target);
  if (!root || event.target.dataset.draft === undefined) return;
  event.target.dataset.dirty = "";
  limit(event.target);
  keep(root);
});
document.addEventListener("change", event => {
  const root = composerOf(event.target);
  if (!root || event.target.dataset.draft === undefined) return;
  delete event.target.dataset.dirty;
  keep(root);
}, true);
document.addEventListener("click", event => {
  const root = composerOf(event.target);
  if (root && event.target.closest("[data-save]")) flush(root);
}, true);
document.addEventListener("keydown", event => {
  const root = composerOf(event.target);
  if (!root || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  flush(root);
  root.querySelector("[data-save]")?.click();
});
setInterval(tick, 10000);
