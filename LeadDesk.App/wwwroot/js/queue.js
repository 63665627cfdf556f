// Keys, focus and reading on of a list that is decided row by row. .NET hears KeyPressed(word): next, previous, first, last, tick, all, reject, open.
// The tab stop is [role=option][tabindex="0"]; follow() goes after it. A visible [data-more] is pressed by itself.
import { register, unregister } from "./keys.js";

const words = { ArrowDown: "next", ArrowUp: "previous", Home: "first", End: "last", " ": "tick", Enter: "open" };
let queue = null;

class Queue {
  constructor(root, dotnet) {
    this.root = root;
    this.dotnet = dotnet;
    this.stop = new AbortController();
    this.number = register({ j: "next", k: "previous", x: "tick", r: "reject" }, { invokeMethodAsync: (_, word) => this.say(word) });
    const signal = this.stop.signal;
    root.addEventListener("keydown", e => this.key(e), { signal });
    root.addEventListener("focusin", e => { this.inside = e.target.closest("[role=option]") !== null; }, { signal });
    root.addEventListener("focusout", e => { if (e.relatedTarget && !root.contains(e.relatedTarget)) this.inside = false; }, { signal });
    document.addEventListener("pointerdown", e => { if (!root.contains(e.target)) this.inside = false; }, { signal });
    this.seen = new IntersectionObserver(entries => { for (const e of entries) if (e.isIntersecting) e.target.click(); }, { root });
    this.changes = new MutationObserver(() => { this.keepFocus(); this.watch(); });
    this.changes.observe(root, { childList: true, subtree: true });
    this.watch();
    root.dataset.hears = "";
  }

  say(word) { return this.dotnet.invokeMethodAsync("KeyPressed", word); }

  key(event) {
    if (event.defaultPrevented || event.altKey || event.shiftKey || !(event.target instanceof Element) || !event.target.closest("[role=option]")) return;
    const word = event.ctrlKey || event.metaKey ? (event.key === "a" ? "all" : null) : words[event.key];
    if (!word) return;
    event.preventDefault();
    this.say(word).catch(() => { });
  }

  watch() {
    const more = this.root.querySelector("[data-more]");
    if (more === this.more) return;
    if (this.more) this.seen.unobserve(this.more);
    this.more = more;
    if (more) this.seen.observe(more);
  }

  /** A row that turns into a tombstone takes the focus with it into nothing. */
  keepFocus() {
    if (this.inside && (!document.activeElement || document.activeElement === document.body)) this.root.querySelector("[role=option][tabindex='0']")?.focus({ preventScroll: true });
  }

  follow(always) {
    const at = this.root.querySelector("[role=option][tabindex='0']"), active = document.activeElement;
    if (!at) return;
    at.scrollIntoView({ block: "nearest" });
    if (always || !active || active === document.body || active.id === "main" || active.tagName === "H1" || this.root.contains(active)) at.focus({ preventScroll: true });
  }

  end() {
    this.stop.abort();
    this.seen.disconnect();
    this.changes.disconnect();
    unregister(this.number);
  }
}

export function open(root, dotnet) {
  queue?.end();
  queue = root instanceof Element ? new Queue(root, dotnet) : null;
}

export const follow = always => { queue?.follow(always); };

export function close() {
  queue?.end();
  queue = null;
}
