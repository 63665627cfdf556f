// Drag, glide and keys of a board: cards are [data-lead-id] inside columns [data-stage]. .NET hears once, when a card was dropped or a key acted:
// Dropped(leadId, stageId), KeyActed(key, leadId). The cards stay Blazor's: this module moves nothing in the document.

const glideMs = 240, ease = "cubic-bezier(.2,.8,.2,1)", tooMany = 20;
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
let board = null;

class Board {
  constructor(root, dotnet) {
    this.root = root;
    this.dotnet = dotnet;
    this.places = new Map();
    this.focused = null;
    this.stop = new AbortController();
    const signal = this.stop.signal;
    root.addEventListener("pointerdown", e => this.press(e), { signal });
    root.addEventListener("dragstart", e => e.preventDefault(), { signal });
    root.addEventListener("keydown", e => this.key(e), { signal });
    root.addEventListener("focusin", e => this.focusIn(e), { signal });
    root.addEventListener("focusout", e => { if (e.relatedTarget && !root.contains(e.relatedTarget)) this.focused = null; }, { signal });
    root.addEventListener("pointerdown", e => { if (!this.cardAt(e.target)) this.focused = null; }, { signal });
    this.observer = new MutationObserver(() => { this.glide(); this.keepFocus(); });
    this.observer.observe(root, { childList: true, subtree: true });
    this.capture();
    this.rove();
  }

  call(name, ...args) { return this.dotnet?.invokeMethodAsync(name, ...args)?.catch(() => { }); }
  cards(within = this.root) { return [...within.querySelectorAll("[data-lead-id]")]; }
  columns() { return [...this.root.querySelectorAll("[data-stage]")]; }
  cardAt(target) { const card = target instanceof Element ? target.closest("[data-lead-id]") : null; return card && this.root.contains(card) ? card : null; }
  columnOf(card) { return card.closest("[data-stage]"); }
  find(id) { return this.root.querySelector(`[data-lead-id="${CSS.escape(id)}"]`); }
  scroller(column) { return column.querySelector("[data-cards]") ?? column; }

  // ---- glide (FLIP) ----
  place(card) {
    const column = this.columnOf(card), list = column && this.scroller(column);
    if (!list) return null;
    const a = card.getBoundingClientRect(), b = list.getBoundingClientRect();
    return { list, stage: column.dataset.stage, top: a.top - b.top + list.scrollTop, left: a.left - b.left };
  }

  capture() {
    this.places.clear();
    for (const card of this.cards()) {
      const place = this.place(card);
      if (place) this.places.set(card.dataset.leadId, place);
    }
  }

  glide() {
    if (!calm()) {
      const moves = [];
      let crossed = 0;
      for (const card of this.cards()) {
        const was = this.places.get(card.dataset.leadId);
        if (!was) continue;
        const b = was.list.isConnected ? was.list.getBoundingClientRect() : null;
        const from = was.at ?? (b && { x: b.left + was.left, y: b.top + was.top - was.list.scrollTop });
        if (!from) continue;
        const to = card.getBoundingClientRect();
        const dx = from.x - to.left, dy = from.y - to.top;
        if (this.columnOf(card)?.dataset.stage !== was.stage) crossed++;
        if (Math.abs(dx) > 1 || Math.abs(dy) > 1) moves.push({ card, dx, dy, seen: to.bottom > 0 && to.top < innerHeight });
      }
      if (crossed < tooMany) {
        for (const { card, dx, dy } of moves.filter(m => m.seen).slice(0, 80)) {
          card.animate([{ transform: `translate(${dx}px, ${dy}px)`, zIndex: 3 }, { transform: "none", zIndex: 3 }], { duration: glideMs, easing: ease });
        }
      }
    }
    this.capture();
    this.rove();
  }

  // ---- drag ----
  press(e) {
    if (e.button !== 0 || this.drag) return;
    const card = this.cardAt(e.target);
    if (!card || card.hasAttribute("data-no-drag") || e.target.closest("button, input, select, textarea, [data-no-drag]")) return;
    const drag = this.drag = { card, id: card.dataset.leadId, x: e.clientX, y: e.clientY, startX: e.clientX, startY: e.clientY, pointer: e.pointerId, on: false, stop: new AbortController() };
    const on = (target, name, act, more) => target.addEventListener(name, act, { signal: drag.stop.signal, ...more });
    on(window, "pointermove", m => this.move(m));
    on(window, "pointerup", m => { if (m.pointerId === drag.pointer) this.drop(m); });
    on(window, "pointercancel", m => { if (m.pointerId === drag.pointer) this.end(); });
    on(window, "keydown", k => { if (k.key === "Escape") { k.stopPropagation(); this.end(); } }, { capture: true });
    on(window, "contextmenu", c => { if (drag.on || e.pointerType === "touch") c.preventDefault(); });
    on(window, "touchmove", t => { if (drag.on) t.preventDefault(); }, { passive: false });
    drag.touch = e.pointerType === "touch";
    if (drag.touch) drag.timer = setTimeout(() => this.lift(), 200);
  }

  move(e) {
    const drag = this.drag;
    if (!drag || e.pointerId !== drag.pointer) return;
    drag.x = e.clientX;
    drag.y = e.clientY;
    if (!drag.on) {
      const far = Math.hypot(drag.x - drag.startX, drag.y - drag.startY);
      if (drag.touch) { if (far > 8) this.end(); return; }
      if (far < 4) return;
      this.lift();
    }
    this.follow();
  }

  lift() {
    const drag = this.drag;
    if (!drag || drag.on) return;
    const card = drag.card.isConnected ? drag.card : this.find(drag.id);
    if (!card) { this.end(); return; }
    drag.on = true;
    const rect = card.getBoundingClientRect();
    drag.dx = drag.startX - rect.left;
    drag.dy = drag.startY - rect.top;
    const ghost = drag.ghost = card.cloneNode(true);
    for (const e of [ghost, ...ghost.querySelectorAll("*")]) for (const name of ["data-lead-id", "data-due", "data-testid", "id", "tabindex"]) e.removeAttribute(name);
    ghost.classList.add("ld-ghost");
    ghost.setAttribute("aria-hidden", "true");
    ghost.inert = true;
    Object.assign(ghost.style, { position: "fixed", left: "0", top: "0", width: `${rect.width}px`, height: `${rect.height}px` });
    (card.closest(".ld-app") ?? document.body).append(ghost);
    card.dataset.dragging = "true";
    drag.card = card;
    document.body.classList.add("ld-carrying");
    try { if (drag.touch) navigator.vibrate?.(8); } catch { /* not everywhere */ }
    this.follow();
    const loop = () => { if (this.drag !== drag || !drag.on) return; this.scrollNear(); drag.frame = requestAnimationFrame(loop); };
    drag.frame = requestAnimationFrame(loop);
  }

  follow() {
    const drag = this.drag;
    drag.ghost.style.transform = `translate(${drag.x - drag.dx}px, ${drag.y - drag.dy}px)`;
    const over = document.elementFromPoint(drag.x, drag.y)?.closest("[data-stage]");
    const column = over && this.root.contains(over) ? over : null;
    if (drag.over === column) return;
    if (drag.over) delete drag.over.dataset.over;
    drag.over = column;
    if (column) column.dataset.over = "true";
  }

  scrollNear() {
    const drag = this.drag, edge = 48;
    const pace = (at, low, high) => at < low + edge ? -Math.min(14, (low + edge - at) / 3) : at > high - edge ? Math.min(14, (at - high + edge) / 3) : 0;
    const box = this.root.getBoundingClientRect();
    this.root.scrollLeft += pace(drag.x, box.left, box.right);
    if (!drag.over) return;
    const list = this.scroller(drag.over), b = list.getBoundingClientRect();
    list.scrollTop += pace(drag.y, b.top, b.bottom);
    this.follow();
  }

  drop() {
    const drag = this.drag;
    if (!drag.on) { this.end(); return; }
    window.addEventListener("click", c => { c.preventDefault(); c.stopPropagation(); }, { capture: true, once: true, signal: AbortSignal.timeout(80) });
    const to = drag.over?.dataset.stage, from = this.columnOf(drag.card)?.dataset.stage;
    const at = drag.ghost.getBoundingClientRect();
    const moved = to !== undefined && to !== from;
    this.end(!moved);
    if (!moved) return;
    const place = this.places.get(drag.id);
    if (place) place.at = { x: at.left, y: at.top };
    this.focused = drag.id;
    this.call("Dropped", drag.id, to);
  }

  end(back = true) {
    const drag = this.drag;
    if (!drag) return;
    this.drag = null;
    clearTimeout(drag.timer);
    cancelAnimationFrame(drag.frame);
    drag.stop.abort();
    document.body.classList.remove("ld-carrying");
    if (drag.over) delete drag.over.dataset.over;
    delete drag.card.dataset.dragging;
    if (!drag.ghost) return;
    const home = drag.card.isConnected ? drag.card.getBoundingClientRect() : null;
    const ghost = drag.ghost;
    if (back && home && !calm()) {
      ghost.animate([{ transform: ghost.style.transform }, { transform: `translate(${home.left}px, ${home.top}px)` }], { duration: glideMs, easing: ease }).finished.finally(() => ghost.remove());
    } else ghost.remove();
  }

  // ---- roving focus and keys ----
  rove(to) {
    const cards = this.cards();
    const current = to ?? cards.find(c => c.dataset.leadId === this.focused) ?? cards.find(c => c.tabIndex === 0) ?? cards[0];
    for (const card of cards) if (card !== current && card.tabIndex !== -1) card.tabIndex = -1;
    if (current) current.tabIndex = 0;
  }

  focusIn(e) {
    const card = this.cardAt(e.target);
    if (!card) { this.focused = null; return; }
    this.focused = card.dataset.leadId;
    this.index = this.cards(this.columnOf(card)).indexOf(card);
    this.stage = this.columnOf(card)?.dataset.stage;
    this.rove(card);
  }

  keepFocus() {
    if (this.focused === null || document.activeElement !== document.body) return;
    const column = this.root.querySelector(`[data-stage="${CSS.escape(this.stage ?? "")}"]`);
    const cards = column ? this.cards(column) : [];
    (this.find(this.focused) ?? cards[Math.min(this.index, cards.length - 1)] ?? this.cards()[0])?.focus({ preventScroll: false });
  }

  key(e) {
    const card = this.cardAt(e.target);
    if (!card || e.target !== card || e.altKey || e.metaKey) return;
    const id = card.dataset.leadId;
    const rtl = getComputedStyle(this.root).direction === "rtl";
    if (e.ctrlKey) {
      if (e.key !== "ArrowLeft" && e.key !== "ArrowRight") return;
      e.preventDefault();
      const forward = (e.key === "ArrowRight") !== rtl;
      this.call("KeyActed", forward ? "Ctrl+ArrowRight" : "Ctrl+ArrowLeft", id);
      return;
    }
    const to = this.beside(card, e.key, rtl);
    if (to !== undefined) {
      e.preventDefault();
      if (to) { to.focus({ preventScroll: true }); to.scrollIntoView({ block: "nearest", inline: "nearest" }); }
      return;
    }
    const key = e.key.length === 1 ? e.key.toUpperCase() : e.key;
    if (!["Enter", "M", "L", "C", "S", "."].includes(key)) return;
    e.preventDefault();
    e.stopPropagation();
    this.call("KeyActed", key, id);
  }

  beside(card, key, rtl) {
    const column = this.columnOf(card), cards = this.cards(column), at = cards.indexOf(card);
    switch (key) {
      case "ArrowDown": return cards[at + 1] ?? null;
      case "ArrowUp": return cards[at - 1] ?? null;
      case "Home": return cards[0];
      case "End": return cards[cards.length - 1];
      case "ArrowLeft":
      case "ArrowRight": {
        const step = (key === "ArrowRight") !== rtl ? 1 : -1, columns = this.columns();
        const middle = card.getBoundingClientRect().top + card.offsetHeight / 2;
        for (let n = columns.indexOf(column) + step; n >= 0 && n < columns.length; n += step) {
          const near = this.cards(columns[n]).map(c => ({ c, d: Math.abs(c.getBoundingClientRect().top + c.offsetHeight / 2 - middle) })).sort((a, b) => a.d - b.d)[0];
          if (near) return near.c;
        }
        return null;
      }
      default: return undefined;
    }
  }

  dispose() {
    this.end(false);
    this.stop.abort();
    this.observer.disconnect();
  }
}

export function init(root, dotnet) {
  board?.dispose();
  board = root ? new Board(root, dotnet) : null;
}
/** Remembers where the cards stand; needed only before a change this module cannot see coming. */
export const capture = () => { board?.capture(); };
/** Plays the way from the remembered places. Runs by itself after every render. */
export const glide = () => { board?.glide(); };
/** Puts the focus on a card, as after a move by the menu. */
export const focus = id => { board?.find(String(id))?.focus(); };
export function dispose() {
  board?.dispose();
  board = null;
}
