// Focus, range, ticks and column widths of a lead grid: rows are [role=row][data-lead-id][aria-rowindex] inside role=grid in a scrolling parent.
// .NET hears once per act: KeyActed(key, leadId), RangeActed(fromLeadId, toLeadId), AllActed(), Resized(column, width), ColumnMoved(column, by).

const rowKeys = ["Enter", "X", " ", "P", "L", "C", "S", "T", "F", "A", "V", "."];
const grids = new Map();

class Grid {
  constructor(root, dotnet) {
    this.root = root;
    this.dotnet = dotnet;
    this.focused = null;
    this.anchor = null;
    this.wanted = null;
    this.stop = new AbortController();
    const signal = this.stop.signal;
    root.addEventListener("keydown", e => this.key(e), { signal });
    root.addEventListener("focusin", e => this.focusIn(e), { signal });
    root.addEventListener("focusout", e => { if (e.relatedTarget && !root.contains(e.relatedTarget)) this.inside = false; }, { signal });
    root.addEventListener("pointerdown", e => this.resize(e), { signal });
    this.observer = new MutationObserver(() => this.rendered());
    this.observer.observe(root, { childList: true, subtree: true });
    this.rove();
  }

  call(name, ...args) { return this.dotnet?.invokeMethodAsync(name, ...args)?.catch(() => { }); }
  rows() { return [...this.root.querySelectorAll("[role=row][data-lead-id]")]; }
  rowAt(target) { return target instanceof Element ? target.closest("[role=row][data-lead-id]") : null; }
  index(row) { return +row.getAttribute("aria-rowindex"); }
  at(index) { return this.root.querySelector(`[role=row][data-lead-id][aria-rowindex="${index}"]`); }
  scroller() {
    for (let e = this.root; e; e = e.parentElement) if (/auto|scroll/.test(getComputedStyle(e).overflowY)) return e;
    return document.scrollingElement;
  }

  rove(to) {
    const rows = this.rows();
    const current = to ?? rows.find(r => r.dataset.leadId === this.focused) ?? rows.find(r => r.tabIndex === 0) ?? rows[0];
    for (const row of rows) if (row !== current && row.tabIndex !== -1) row.tabIndex = -1;
    if (current) current.tabIndex = 0;
  }

  focusIn(e) {
    this.inside = true;
    const row = this.rowAt(e.target);
    if (!row) return;
    this.focused = row.dataset.leadId;
    this.current = this.index(row);
    this.rove(row);
  }

  rendered() {
    if (this.wanted !== null) {
      const row = this.at(this.wanted);
      if (row) { this.wanted = null; this.land(row); return; }
    }
    this.rove();
    if (!this.inside || document.activeElement !== document.body) return;
    const same = this.rows().find(r => r.dataset.leadId === this.focused) ?? this.at(this.current) ?? this.at(this.current - 1);
    if (same) same.focus({ preventScroll: true });
    else { this.root.tabIndex = -1; this.root.focus({ preventScroll: true }); }
  }

  land(row) {
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
    if (this.ranging) { this.ranging = false; this.call("RangeActed", this.anchor, row.dataset.leadId); }
  }

  /** A tombstone takes no focus: one steps over it. */
  beyond(index, step) {
    const place = i => this.root.querySelector(`[role=row][aria-rowindex="${i}"]`);
    for (let i = index; place(i); i += step) if (place(i).dataset.leadId) return place(i);
    return null;
  }

  go(index, range) {
    const last = +(this.root.getAttribute("aria-rowcount") ?? 0) || this.index(this.rows().at(-1));
    const first = this.root.querySelector("thead, [data-grid-head]") ? 2 : 1;
    const to = Math.min(last, Math.max(first, index));
    if (range) this.anchor ??= this.focused; else this.anchor = null;
    this.ranging = range;
    const row = this.at(to) ?? this.beyond(to, to < (this.current ?? first) ? -1 : 1);
    if (row) { this.land(row); return; }
    this.wanted = to;
    const height = this.rows()[0]?.offsetHeight || 37, box = this.scroller();
    box.scrollTop = Math.max(0, (to - first) * height * (+this.root.dataset.scale || 1) - box.clientHeight / 2);
  }

  key(e) {
    const head = e.target instanceof Element ? e.target.closest("[data-col]") : null;
    if (head && e.altKey && (e.key === "ArrowLeft" || e.key === "ArrowRight")) {
      e.preventDefault();
      this.call("ColumnMoved", head.dataset.col, e.key === "ArrowRight" ? 1 : -1);
      return;
    }
    const row = this.rowAt(e.target);
    if (e.altKey || e.metaKey || (e.target !== row && e.target !== this.root && !e.target.matches("input[type=checkbox]"))) return;
    if (!row && e.target !== this.root) return;
    const now = this.current ?? 2, page = Math.max(1, Math.floor(this.scroller().clientHeight / (this.rows()[0]?.offsetHeight || 37)) - 2);
    if (e.ctrlKey) {
      if (e.key === "Home") this.go(1, false);
      else if (e.key === "End") this.go(Number.MAX_SAFE_INTEGER, false);
      else if (e.key.toLowerCase() === "a") this.call("AllActed");
      else return;
      e.preventDefault();
      return;
    }
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page }[e.key];
    if (by !== undefined) { e.preventDefault(); this.go(now + by, e.shiftKey); return; }
    if (e.key === "Home" || e.key === "End") { e.preventDefault(); this.go(e.key === "Home" ? 1 : Number.MAX_SAFE_INTEGER, e.shiftKey); return; }
    const key = e.key.length === 1 ? e.key.toUpperCase() : e.key;
    if (!row || e.target !== row || !rowKeys.includes(key)) return;
    e.preventDefault();
    e.stopPropagation();
    this.call("KeyActed", key === " " ? "X" : key, row.dataset.leadId);
  }

  resize(e) {
    const handle = e.target instanceof Element ? e.target.closest("[data-resize]") : null;
    if (!handle || e.button !== 0) return;
    e.preventDefault();
    const column = handle.dataset.resize, head = handle.closest("th, [role=columnheader]");
    const col = this.root.querySelector(`col[data-col="${CSS.escape(column)}"]`) ?? head;
    const from = head.getBoundingClientRect().width, x = e.clientX, rtl = getComputedStyle(this.root).direction === "rtl" ? -1 : 1;
    const stop = new AbortController();
    let width = Math.round(from);
    handle.setPointerCapture(e.pointerId);
    handle.addEventListener("pointermove", m => { width = Math.round(Math.min(640, Math.max(56, from + rtl * (m.clientX - x)))); col.style.width = `${width}px`; }, { signal: stop.signal });
    for (const name of ["pointerup", "pointercancel"]) handle.addEventListener(name, () => { stop.abort(); if (name === "pointerup" && width !== Math.round(from)) this.call("Resized", column, width); }, { signal: stop.signal });
  }

  dispose() {
    this.stop.abort();
    this.observer.disconnect();
  }
}

export function init(root, dotnet) {
  if (!root) return;
  grids.get(root)?.dispose();
  grids.set(root, new Grid(root, dotnet));
}

export function dispose(root) {
  for (const [at, grid] of [...grids]) {
    if (root && at !== root && at.isConnected) continue;
    grid.dispose();
    grids.delete(at);
  }
}
