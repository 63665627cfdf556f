// Ordering a short list by its handles [data-handle]: items are [data-order-id] inside the root. Alt+Up and Alt+Down do the same.
// .NET hears once: Reordered(id, index), the index counted without the item itself.

const lists = new Map();

function start(root, dotnet, e) {
  const handle = e.target instanceof Element ? e.target.closest("[data-handle]") : null;
  const item = handle?.closest("[data-order-id]");
  if (!item || e.button !== 0) return;
  e.preventDefault();
  handle.setPointerCapture(e.pointerId);
  const others = [...root.querySelectorAll("[data-order-id]")].filter(i => i !== item);
  const from = [...root.querySelectorAll("[data-order-id]")].indexOf(item);
  const middles = others.map(i => { const r = i.getBoundingClientRect(); return r.top + r.height / 2; });
  const height = item.offsetHeight, stop = new AbortController();
  let index = from;
  item.dataset.lifted = "true";
  handle.addEventListener("pointermove", m => {
    item.style.transform = `translateY(${m.clientY - e.clientY}px)`;
    index = middles.filter(y => y < m.clientY).length;
    others.forEach((other, n) => { other.style.transform = n >= index && n < from ? `translateY(${height}px)` : n < index && n >= from ? `translateY(${-height}px)` : ""; });
  }, { signal: stop.signal });
  const end = done => {
    stop.abort();
    delete item.dataset.lifted;
    for (const i of [item, ...others]) i.style.transform = "";
    if (done && index !== from) dotnet?.invokeMethodAsync("Reordered", item.dataset.orderId, index)?.catch(() => { });
  };
  handle.addEventListener("pointerup", () => end(true), { signal: stop.signal });
  handle.addEventListener("pointercancel", () => end(false), { signal: stop.signal });
}

function key(root, dotnet, e) {
  if (!e.altKey || (e.key !== "ArrowUp" && e.key !== "ArrowDown")) return;
  const item = e.target instanceof Element ? e.target.closest("[data-order-id]") : null;
  if (!item) return;
  const items = [...root.querySelectorAll("[data-order-id]")], to = items.indexOf(item) + (e.key === "ArrowDown" ? 1 : -1);
  e.preventDefault();
  if (to >= 0 && to < items.length) dotnet?.invokeMethodAsync("Reordered", item.dataset.orderId, to)?.catch(() => { });
}

export function init(root, dotnet) {
  if (!root) return;
  dispose(root);
  const stop = new AbortController();
  lists.set(root, stop);
  root.addEventListener("pointerdown", e => start(root, dotnet, e), { signal: stop.signal });
  root.addEventListener("keydown", e => key(root, dotnet, e), { signal: stop.signal });
}

export function dispose(root) {
  for (const [at, stop] of [...lists]) {
    if (root && at !== root && at.isConnected) continue;
    stop.abort();
    lists.delete(at);
  }
}
