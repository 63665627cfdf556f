// The long list of leads: heights for the rows that are not loaded, the place that is looked at, whose hand is in the list, columns
// dragged and frozen, tick boxes, long press. .NET hears: Viewed(first, visible), Touched(yes), Ticked(leadId, range), KeyActed(key, leadId),
// ColumnMoved(column, by). Boxes show what aria-selected says, so that a row costs no handler of its own.

// Browsers end at some 17 to 33 million pixels; beyond this the scrollbar is scaled and rows still step one by one.
const tallest = 12_000_000;
const rest = 2000, pressed = 500;
const lists = new Map();

class List {
  constructor(root, dotnet) {
    this.root = root;
    this.dotnet = dotnet;
    this.box = root.parentElement;
    this.number = root.dataset.list;
    this.touched = false;
    this.atTop = true;
    this.stop = new AbortController();
    const signal = this.stop.signal;
    this.box.addEventListener("scroll", () => this.scrolled(), { signal, passive: true });
    this.box.addEventListener("pointerenter", () => this.hand(true), { signal });
    this.box.addEventListener("pointerleave", () => this.hand(false), { signal });
    this.box.addEventListener("focusin", () => this.hand(true), { signal });
    this.box.addEventListener("focusout", () => this.hand(false), { signal });
    root.addEventListener("pointerdown", e => { this.press(e); this.dragHead(e); }, { signal });
    root.addEventListener("click", e => this.tick(e), { signal });
    root.addEventListener("dblclick", e => this.open(e), { signal });
    root.addEventListener("click", e => { if (this.swallow) { this.swallow = false; e.preventDefault(); e.stopPropagation(); } }, { signal, capture: true });
    root.addEventListener("contextmenu", e => { if (this.swallow) e.preventDefault(); }, { signal });
    this.observer = new MutationObserver(() => this.rendered());
    this.observer.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-list", "data-extent", "data-space", "width", "data-some", "aria-selected"] });
    this.sizes = new ResizeObserver(() => { this.rendered(); this.scrolled(); });
    this.sizes.observe(this.box);
    this.rendered();
    this.scrolled();
  }

  call(name, ...args) { return this.dotnet?.invokeMethodAsync(name, ...args)?.catch(() => { }); }
  rows() { return this.root.querySelectorAll("tr[data-lead-id]"); }
  height() { return this.root.querySelector("tr[data-lead-id]")?.getBoundingClientRect().height || 37; }
  top() { return this.box.getBoundingClientRect().top + (this.root.tHead?.offsetHeight ?? 0); }

  rendered() {
    const box = this.box, height = this.height(), extent = +this.root.dataset.extent, before = box.scrollTop;
    const scale = Math.min(1, tallest / Math.max(1, extent * height));
    this.root.dataset.scale = scale;
    for (const space of this.root.querySelectorAll("tr[data-space]")) {
      const tall = `${Math.round(+space.dataset.space * height * scale)}px`, cell = space.firstElementChild;
      if (cell.style.height !== tall) cell.style.height = tall;
    }
    const some = this.root.tHead?.querySelector("input[type=checkbox]");
    if (some) some.indeterminate = some.dataset.some === "";
    this.freeze();
    this.boxes();
    if (this.number !== this.root.dataset.list) {
      this.number = this.root.dataset.list;
      this.keep = null;
      box.scrollTop = 0;
    } else if (this.keep && before > 1) {
      const row = this.root.querySelector(`tr[data-lead-id="${this.keep.id}"]`);
      const off = row ? row.getBoundingClientRect().top - (this.keep.top - (before - this.keep.scroll)) : 0;
      if (Math.abs(off) > .5) box.scrollTop += off;
    }
    this.remember();
  }

  remember() {
    const top = this.top(), scroll = this.box.scrollTop;
    this.keep = null;
    for (const row of this.rows()) {
      const at = row.getBoundingClientRect();
      if (at.bottom > top) { this.keep = { id: row.dataset.leadId, top: at.top, scroll, place: +row.getAttribute("aria-rowindex") - 2 }; break; }
    }
  }

  scrolled() {
    if (this.asked) return;
    this.asked = requestAnimationFrame(() => { this.asked = 0; this.remember(); this.look(); });
  }

  async look() {
    if (this.looking) { this.again = true; return; }
    const box = this.box, height = this.height(), scale = +this.root.dataset.scale || 1;
    const extent = +this.root.dataset.extent, start = +this.root.dataset.start, end = start + +this.root.dataset.loaded;
    const visible = Math.ceil(box.clientHeight / height);
    const near = this.keep && this.keep.top < box.getBoundingClientRect().bottom;
    const first = box.scrollTop <= 1 ? 0 : Math.max(0, Math.min(extent - 1, near ? Math.max(this.keep.place, 1) : Math.round(box.scrollTop / (height * scale))));
    const margin = 15;
    const short = (start > 0 && first - margin < start) || (end < extent && first + visible + margin > end);
    if (!short && this.atTop === (first === 0)) return;
    this.atTop = first === 0;
    this.looking = true;
    await this.call("Viewed", first, visible);
    this.looking = false;
    if (this.again) { this.again = false; this.scrolled(); }
  }

  hand(came) {
    clearTimeout(this.leaving);
    if (came) {
      if (!this.touched) { this.touched = true; this.call("Touched", true); }
      return;
    }
    this.leaving = setTimeout(() => {
      if (this.touched && !this.box.matches(":hover") && !this.box.contains(document.activeElement)) { this.touched = false; this.call("Touched", false); }
    }, rest);
  }

  boxes() {
    for (const row of this.rows()) {
      const box = row.querySelector("input"), ticked = row.getAttribute("aria-selected") === "true";
      if (!box) continue;
      if (box.checked !== ticked) box.checked = ticked;
      if (!box.ariaLabel) box.ariaLabel = row.querySelector("b")?.textContent ?? "";
    }
  }

  async tick(e) {
    const row = e.target instanceof Element && e.target.matches("tr[data-lead-id] input") ? e.target.closest("tr[data-lead-id]") : null;
    if (!row) return;
    await this.call("Ticked", row.dataset.leadId, e.shiftKey);
    this.boxes();
  }

  freeze() {
    let left = 0;
    for (const head of this.root.tHead?.querySelectorAll("th.fz") ?? []) {
      const name = [...head.classList].find(c => /^fz\d$/.test(c)), value = `${left}px`;
      if (this.root.style.getPropertyValue(`--${name}`) !== value) this.root.style.setProperty(`--${name}`, value);
      left += head.getBoundingClientRect().width;
    }
  }

  open(e) {
    const row = e.target instanceof Element && !e.target.closest("a, input, button") ? e.target.closest("tr[data-lead-id]") : null;
    if (row) this.call("KeyActed", "Enter", row.dataset.leadId);
  }

  press(e) {
    const row = e.pointerType === "touch" && e.target instanceof Element ? e.target.closest("tr[data-lead-id]") : null;
    if (!row || e.target.closest("input")) return;
    const stop = new AbortController();
    const timer = setTimeout(() => { stop.abort(); this.swallow = true; this.call("KeyActed", "X", row.dataset.leadId); }, pressed);
    const end = () => { clearTimeout(timer); stop.abort(); };
    row.addEventListener("pointermove", m => { if (Math.hypot(m.clientX - e.clientX, m.clientY - e.clientY) > 10) end(); }, { signal: stop.signal });
    for (const name of ["pointerup", "pointercancel"]) addEventListener(name, end, { signal: stop.signal });
    this.swallow = false;
  }

  dragHead(e) {
    const head = e.button === 0 && e.pointerType === "mouse" && e.target instanceof Element && !e.target.closest("[data-resize]") ? e.target.closest("th[data-col]") : null;
    const heads = [...this.root.tHead?.querySelectorAll("th[data-col]") ?? []], from = heads.indexOf(head);
    if (from < 1) return;
    const stop = new AbortController();
    let to = from, moved = false;
    const mark = () => heads.forEach((h, n) => { h.dataset.drop = moved && n === to && to !== from ? (to > from ? "after" : "before") : ""; });
    addEventListener("pointermove", m => {
      moved ||= Math.abs(m.clientX - e.clientX) > 6;
      const over = document.elementFromPoint(m.clientX, e.clientY)?.closest("th[data-col]");
      if (over) to = Math.max(1, heads.indexOf(over));
      mark();
    }, { signal: stop.signal });
    addEventListener("pointerup", () => {
      stop.abort();
      const by = to - from;
      heads.forEach(h => { delete h.dataset.drop; });
      if (!moved) return;
      this.swallow = true;
      setTimeout(() => { this.swallow = false; });
      if (by !== 0) this.call("ColumnMoved", head.dataset.col, by);
    }, { signal: stop.signal });
  }

  dispose() {
    this.stop.abort();
    this.observer.disconnect();
    this.sizes.disconnect();
    clearTimeout(this.leaving);
    cancelAnimationFrame(this.asked);
  }
}

export function init(root, dotnet) {
  if (!root) return;
  lists.get(root)?.dispose();
  lists.set(root, new List(root, dotnet));
}

export function dispose(root) {
  for (const [at, list] of [...lists]) {
    if (root && at !== root && at.isConnected) continue;
    list.dispose();
    lists.delete(at);
  }
}
