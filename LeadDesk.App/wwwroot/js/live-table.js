// A long table that loads as it is scrolled and may grow while someone looks: [data-edge] elements inside a scrolling root are reported when they
// come near, [data-rows] gaps are as high as the rows they stand for, and isFree() says whether rows may come in above without moving under the hand.
// .NET hears EdgeSeen("start" | "end"), once for each time the root was rendered with that edge near.

const quiet = 2000, near = "600px 0px";
const tables = new Map();

class Table {
  constructor(root, dotnet) {
    this.root = root;
    this.touched = -Infinity;
    this.stop = new AbortController();
    const seen = { passive: true, signal: this.stop.signal };
    for (const name of ["pointermove", "pointerdown", "wheel", "keydown", "focusin", "touchmove"]) root.addEventListener(name, () => { this.touched = performance.now(); }, seen);
    this.edges = new IntersectionObserver(entries => {
      for (const entry of entries) if (entry.isIntersecting) dotnet?.invokeMethodAsync("EdgeSeen", entry.target.dataset.edge)?.catch(() => { });
    }, { root, rootMargin: near });
    this.changes = new MutationObserver(() => this.rendered());
    this.changes.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-rows"] });
    this.rendered();
  }

  rendered() {
    const row = this.root.querySelector("tbody tr")?.offsetHeight ?? 0;
    for (const gap of this.root.querySelectorAll("[data-rows]")) gap.style.height = `${gap.dataset.rows * row}px`;
    this.edges.disconnect();
    for (const edge of this.root.querySelectorAll("[data-edge]")) this.edges.observe(edge);
  }

  get isFree() { return this.root.scrollTop < 8 && performance.now() - this.touched > quiet; }

  dispose() {
    this.stop.abort();
    this.edges.disconnect();
    this.changes.disconnect();
  }
}

export function init(root, dotnet) {
  if (!root) return;
  tables.get(root)?.dispose();
  tables.set(root, new Table(root, dotnet));
}

export const isFree = root => tables.get(root)?.isFree ?? true;

export function toTop(root) {
  if (root) root.scrollTop = 0;
}

export function dispose(root) {
  for (const [at, table] of [...tables]) {
    if (root && at !== root && at.isConnected) continue;
    table.dispose();
    tables.delete(at);
  }
}
