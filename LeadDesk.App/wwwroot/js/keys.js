// Single keys of a page. A visible button or link with data-key="l" is pressed by L; G and a letter follow [data-go]; the rest is asked for by register().
// Ctrl+Enter, from a field too, presses [data-key="ctrl+enter"] of the panel it is pressed in, or the first one.
// They act only when no field, menu or dialog has the focus, and not at all for who switched them off (cookie ld-keys=off).

const asked = new Map();
let next = 1, go = 0;

const off = () => /(?:^|; )ld-keys=off(?:;|$)/.test(document.cookie);
const visible = e => e.getClientRects().length > 0;

/** True when a single key would go to something that wants it itself. */
export function taken(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true;
  const at = event.target instanceof Element ? event.target : document.body;
  if (at.closest("input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable=true], [role=textbox], [role=combobox]")) return true;
  return document.querySelector(".mud-dialog-container .mud-dialog, .mud-popover-open, .ld-pop, .ld-me-menu") !== null;
}

function layer() {
  const veils = [...document.querySelectorAll(".ld-pop-veil, .ld-veil")].filter(visible);
  return veils.at(-1);
}

function walkOptions(event) {
  const pop = event.target instanceof Element && event.target.closest(".ld-pop, .ld-me-menu");
  const typing = pop && event.target.matches("input:not([type=checkbox]), textarea");
  const letters = pop && pop.dataset.walk === "letters" && !typing && !off() && !event.ctrlKey && !event.metaKey && !event.altKey ? { j: "ArrowDown", k: "ArrowUp" } : {};
  const key = letters[event.key] ?? event.key;
  if (!pop || !["ArrowDown", "ArrowUp", "Home", "End"].includes(key)) return false;
  if (typing && (key === "Home" || key === "End")) return false;
  const items = [...pop.querySelectorAll("[role=option], .ld-menu-item, [data-walk-to]")].filter(visible);
  if (items.length === 0) return false;
  const at = items.indexOf(document.activeElement);
  const to = key === "Home" ? 0 : key === "End" ? items.length - 1 : key === "ArrowDown" ? Math.min(items.length - 1, at + 1) : Math.max(0, at - 1);
  items[to].focus();
  event.preventDefault();
  return true;
}

function pressCtrlEnter(event) {
  if (event.defaultPrevented || event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey) || event.key !== "Enter") return false;
  const at = event.target instanceof Element ? event.target : document.body;
  const dialog = document.querySelector(".mud-dialog-container .mud-dialog"), panel = at.closest("form, section, aside");
  const buttons = [...document.querySelectorAll("[data-key='ctrl+enter']")].filter(e => !e.disabled && visible(e) && (!dialog || dialog.contains(e)));
  const button = buttons.find(e => panel?.contains(e)) ?? buttons[0];
  if (!button) return false;
  event.preventDefault();
  button.click();
  return true;
}

function pressed(event) {
  if (pressCtrlEnter(event)) return;
  if (event.key === "Escape") {
    const veil = layer();
    if (veil) { veil.click(); event.preventDefault(); }
    return;
  }
  if (walkOptions(event) || taken(event) || off()) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (go && event.timeStamp - go < 1500) {
    go = 0;
    const link = document.querySelector(`[data-go="${CSS.escape(key)}"]`);
    if (link) { event.preventDefault(); link.click(); return; }
  }
  if (key === "g") { go = event.timeStamp; return; }
  if (key === "[") {
    event.preventDefault();
    document.dispatchEvent(new CustomEvent("ld-nav"));
    return;
  }
  if (key === "/") {
    const field = [...document.querySelectorAll("main input[type=search], [data-search]")].find(visible);
    if (field) { event.preventDefault(); field.focus(); field.select?.(); return; }
  }
  const button = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find(e => !e.disabled && (visible(e) || e.dataset.keyAlways === ""));
  if (button) { event.preventDefault(); button.click(); return; }
  for (const { keys, dotnet } of [...asked.values()].reverse()) {
    const name = keys[key];
    if (!name) continue;
    event.preventDefault();
    dotnet?.invokeMethodAsync("KeyPressed", name)?.catch(() => { });
    return;
  }
}

/** keys: { "r": "reassign", … }; calls .NET "KeyPressed" with the word. Answers a number for unregister. */
export function register(keys, dotnet) {
  asked.set(next, { keys, dotnet });
  return next++;
}

export const unregister = id => { asked.delete(id); };

export function init() {
  document.addEventListener("keydown", pressed);
}
