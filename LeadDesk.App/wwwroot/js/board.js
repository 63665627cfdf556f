// Drag, glide and keys of a board: cards are [data-lead-id] inside columns [data-stage], in the scrolled [data-columns]; [data-drop-stage] takes cards too.
// .NET hears once, when a card was dropped, a key or a card's menu button acted, or a finger swiped: Dropped(leadId, stageId), KeyActed(key, leadId), Swiped(±1).
// The cards stay Blazor's: this module moves nothing in the document.

const glideMs = 240, ease = "cubic-bezier(.2,.8,.2,1)", tooMany = 20;
const quiet = 2000;
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
let board = null;

class Board {
  constructor(root, dotnet) {
    this.root = root;
    this.dotnet = dotnet;
    this.plane = root.querySelector("[data-columns]") ?? root;
    this.hands = new Map();
    this.seen = new WeakSet();
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
    root.addEventListener("click", e => this.click(e), { signal });
    for (const name of ["pointermove", "pointerdown", "keydown"]) root.addEventListener(name, e => this.hand(e), { signal, passive: true });
    root.addEventListener("scroll", e => this.hand(e), { signal, passive: true, capture: true });
    this.observer = new MutationObserver(() => { this.glide(); this.keepFocus(); this.menu(); this.watchMore(); });
    this.observer.observe(root, { childList: true, subtree: true });
    this.more = new IntersectionObserver(seen => { for (const one of seen) if (one.isIntersecting && !one.target.disabled) one.target.click(); });
    this.capture();
    this.rove();
    this.watchMore();
  }

  call(name, ...args) { return this.dotnet?.invokeMethodAsync(name, ...args)?.catch(() => { }); }
  cards(within = this.root) { return [...within.querySelectorAll("[data-lead-id]")]; }
  columns() { return [...this.root.querySelectorAll("[data-stage]")]; }
  cardAt(target) { const card = target instanceof Element ? target.closest("[data-lead-id]") : null; return card && this.root.contains(card) ? card : null; }
  columnOf(card) { return card.closest("[data-stage]"); }
  find(id) { return this.root.querySelector(`[data-lead-id="${CSS.escape(id)}"]`); }
  scroller(column) { return column.querySelector("[data-cards]") ?? column; }

  // ---- hands, menu, more ----
  hand(e) {
    const column = e.target instanceof Element ? e.target.closest("[data-stage]") : null;
    if (column) this.hands.set(column.dataset.stage, performance.now());
  }

  /** The columns in which nothing may move by itself: a hand is in them, or they are scrolled away from their top. */
  touched() {
    const now = performance.now(), mouse = matchMedia("(hover: hover)").matches && !document.hidden;
    const inMenu = this.menuFor && this.find(this.menuFor);
    return this.columns().filter(c => this.drag?.on || this.scroller(c).scrollTop > 4 || (mouse && c.matches(":hover")) || c.contains(document.activeElement)
      || (inMenu && c.contains(inMenu)) || now - (this.hands.get(c.dataset.stage) ?? -quiet) < quiet).map(c => c.dataset.stage);
  }

  click(e) {
    const button = e.target instanceof Element ? e.target.closest("[data-menu]") : null, card = button && this.cardAt(button);
    if (card) this.call("KeyActed", "M", card.dataset.leadId);
  }

  /** Puts a menu that came beside its card and the focus into it; gives the focus back when it went. */
  menu() {
    const menu = this.root.querySelector("[data-menu-for]");
    if (!menu) {
      const back = this.menuFor;
      this.menuFor = null;
      if (back && (document.activeElement === document.body || !document.activeElement)) this.find(back)?.focus({ preventScroll: false });
      return;
    }
    if (this.menuFor === menu.dataset.menuFor && menu.dataset.placed === "") return;
    this.menuFor = menu.dataset.menuFor;
    const card = this.find(this.menuFor);
    if (card && !matchMedia("(max-width: 700px)").matches) {
      const at = (card.querySelector("[data-menu]") ?? card).getBoundingClientRect(), rtl = getComputedStyle(this.root).direction === "rtl";
      const left = rtl ? at.left : at.right - menu.offsetWidth, below = at.bottom + 4;
      menu.style.left = `${Math.max(8, Math.min(left, innerWidth - menu.offsetWidth - 8))}px`;
      menu.style.top = `${below + menu.offsetHeight > innerHeight - 8 ? Math.max(8, at.top - menu.offsetHeight - 4) : below}px`;
    }
    menu.dataset.placed = "";
    menu.querySelector("[role^=menuitem]:not([aria-current=true])")?.focus({ preventScroll: true });
  }

  watchMore() {
    this.more.disconnect();
    for (const button of this.root.querySelectorAll("[data-more]")) this.more.observe(button);
  }

  top(stage) {
    const column = this.root.querySelector(`[data-stage="${CSS.escape(stage)}"]`);
    if (!column) return;
    this.scroller(column).scrollTop = 0;
    if (document.activeElement === document.body) this.cards(column)[0]?.focus({ preventScroll: true });
  }

  // ---- glide (FLIP) ----
  place(card) {
    const column = this.columnOf(card), list = column && this.scroller(column);
    if (!list) return null;
    const a = card.getBoundingClientRect(), b = list.getBoundingClientRect();
    if (a.width === 0) return null;
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
        if (to.width === 0) continue;
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
    if (e.pointerType === "touch") this.swipe(e);
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

  swipe(e) {
    if (!this.plane.contains(e.target) || !matchMedia("(max-width: 700px)").matches) return;
    const stop = new AbortController(), signal = stop.signal;
    const end = up => {
      stop.abort();
      const dx = up.clientX - e.clientX, dy = up.clientY - e.clientY;
      if (up.type !== "pointerup" || this.drag?.on || up.timeStamp - e.timeStamp > 700 || Math.abs(dx) < 60 || Math.abs(dx) < 2 * Math.abs(dy)) return;
      window.addEventListener("click", c => { c.preventDefault(); c.stopPropagation(); }, { capture: true, once: true, signal: AbortSignal.timeout(80) });
      this.call("Swiped", (dx < 0) !== (getComputedStyle(this.root).direction === "rtl") ? 1 : -1)
        ?.then(() => this.root.querySelector("[data-drop-stage][aria-pressed=true]")?.scrollIntoView({ inline: "nearest", block: "nearest" }));
    };
    for (const name of ["pointerup", "pointercancel"]) window.addEventListener(name, u => { if (u.pointerId === e.pointerId) end(u); }, { signal });
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
    // Under a finger the card hangs below it, so that what it is over can be seen.
    drag.dy = drag.touch ? -12 : drag.startY - rect.top;
    const ghost = drag.ghost = card.cloneNode(true);
    for (const e of [ghost, ...ghost.querySelectorAll("*")]) for (const name of ["data-lead-id", "data-clock", "data-testid", "id", "tabindex"]) e.removeAttribute(name);
    ghost.classList.add("ld-ghost");
    ghost.setAttribute("aria-hidden", "true");
    ghost.inert = true;
    Object.assign(ghost.style, { position: "fixed", left: "0", top: "0", width: `${rect.width}px`, height: `${rect.height}px` });
    this.plane.append(ghost);
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
    const over = document.elementFromPoint(drag.x, drag.y)?.closest("[data-stage], [data-drop-stage]");
    const column = over && this.root.contains(over) ? over : null;
    if (drag.over === column) return;
    if (drag.over) delete drag.over.dataset.over;
    drag.over = column;
    if (column) column.dataset.over = "true";
  }

  scrollNear() {
    const drag = this.drag, edge = 48;
    const pace = (at, low, high) => at < low + edge ? -Math.min(14, (low + edge - at) / 3) : at > high - edge ? Math.min(14, (at - high + edge) / 3) : 0;
    const box = this.plane.getBoundingClientRect();
    this.plane.scrollLeft += pace(drag.x, box.left, box.right);
    if (!drag.over?.dataset.stage) return;
    const list = this.scroller(drag.over), b = list.getBoundingClientRect();
    list.scrollTop += pace(drag.y, b.top, b.bottom);
    this.follow();
  }

  drop() {
    const drag = this.drag;
    if (!drag.on) { this.end(); return; }
    window.addEventListener("click", c => { c.preventDefault(); c.stopPropagation(); }, { capture: true, once: true, signal: AbortSignal.timeout(80) });
    const to = drag.over?.dataset.stage ?? drag.over?.dataset.dropStage, from = this.columnOf(drag.card)?.dataset.stage;
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
    for (const card of cards) {
      if (card !== current && card.tabIndex !== -1) card.tabIndex = -1;
      if (this.seen.has(card)) continue;
      this.seen.add(card);
      if (card !== current) card.tabIndex = -1;
      for (const inner of card.querySelectorAll("a, button")) inner.tabIndex = -1;
    }
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
    if (!["Enter", "M", "L", "C", "S", "T", "."].includes(key)) return;
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
    this.more.disconnect();
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
/** The stages of the columns that a hand is in, or that are scrolled away from their top. */
export const touched = () => board?.touched() ?? [];
/** Scrolls a column to its top. */
export const top = stage => { board?.top(String(stage)); };
export function dispose() {
  board?.dispose();
  board = null;
}
