// Time passes here and not on the circuit: words, step classes and fuses of every <time data-due>, <time data-clock> (the same in one attribute, on cards), <time data-ago> and <time data-age> of the page.
// The instants come from the server; this module owns no rule. The words are those of Ui/TimeWords.cs.

const second = 1000, minute = 60 * second, hour = 60 * minute, day = 24 * hour;
const steps = ["", "plenty", "ok", "old", "stale", "due"];
let offset = 0, timer = 0, asked = false;

export const now = () => Date.now() + offset;

const two = (big, bigs, small, smalls) => small === 0 ? `${big} ${bigs}` : `${big} ${bigs} ${small} ${smalls}`;
const many = (count, word) => count === 1 ? `1 ${word}` : `${count} ${word}s`;
const full = (big, bigs, small, smalls) => small === 0 ? many(big, bigs) : `${many(big, bigs)} ${many(small, smalls)}`;

export function left(ms, card) {
  if (ms <= 0) return "due now";
  if (ms < minute) return "under a minute";
  if (ms < hour) return `${Math.floor(ms / minute)} min`;
  const hours = Math.floor(ms / hour);
  if (hours < 24) return card && hours >= 12 ? `${hours} h` : two(hours, "h", Math.floor(ms % hour / minute), "min");
  return two(Math.floor(ms / day), "d", Math.floor(ms % day / hour), "h");
}

export function leftInFull(ms) {
  if (ms <= 0) return "due now";
  if (ms < minute) return "under a minute";
  if (ms < hour) return many(Math.floor(ms / minute), "minute");
  if (ms < day) return full(Math.floor(ms / hour), "hour", Math.floor(ms % hour / minute), "minute");
  return full(Math.floor(ms / day), "day", Math.floor(ms % day / hour), "hour");
}

/** As the end of a card's name. */
export function spoken(ms, step) {
  if (step === 5) return "retires now, due";
  return `retires in ${leftInFull(ms)}${["", "", "", ", getting old", ", going stale"][step]}`;
}

export function ago(ms) {
  if (ms < second) return "now";
  if (ms < minute) return `${Math.floor(ms / second)} s ago`;
  if (ms < hour) return `${Math.floor(ms / minute)} min ago`;
  if (ms < day) return `${Math.floor(ms / hour)} h ago`;
  return `${Math.floor(ms / day)} d ago`;
}

export function stepAt(at, { start, oldFrom, staleFrom, due }) {
  if (at >= due) return 5;
  if (at >= staleFrom) return 4;
  if (at >= oldFrom) return 3;
  return (due - at) / (due - start) > 2 / 3 ? 1 : 2;
}

function write(element, words) {
  const node = element.firstChild;
  if (node?.nodeType === Node.TEXT_NODE) { if (node.data !== words) node.data = words; }
  else element.textContent = words;
}

function swap(element, letter, step) {
  const wanted = letter + step;
  if (element.classList.contains(wanted)) return;
  for (let n = 1; n <= 5; n++) element.classList.remove(letter + n);
  element.classList.add(wanted);
}

/** "today at 21:32", "Thu 26 Nov at 09:05": the zone is the reader's, which the desk knows and the browser may not. */
const days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"], months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const clocks = new Map(), moments = new Map();

function parts(at, zone) {
  if (!clocks.has(zone)) clocks.set(zone, new Intl.DateTimeFormat("en-GB", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" }));
  const p = Object.fromEntries(clocks.get(zone).formatToParts(at).map(x => [x.type, x.value]));
  return { date: new Date(Date.UTC(p.year, p.month - 1, p.day)), time: `${p.hour}:${p.minute}` };
}

export function momentInFull(moment, at, zone) {
  const key = `${zone} ${moment} ${Math.floor(at / minute)}`, known = moments.get(key);
  if (known) return known;
  if (moments.size > 2000) moments.clear();
  const { date, time } = parts(moment, zone), today = parts(at, zone).date, away = Math.round((date - today) / day);
  const name = { 0: "today", 1: "tomorrow", [-1]: "yesterday" }[away]
    ?? `${days[date.getUTCDay()]} ${date.getUTCDate()} ${months[date.getUTCMonth()]}${date.getUTCFullYear() === today.getUTCFullYear() ? "" : ` ${date.getUTCFullYear()}`}`;
  moments.set(key, `${name} at ${time}`);
  return moments.get(key);
}

function countdown(time, at, rule) {
  const [start, oldFrom, staleFrom, due] = time.dataset.clock?.split(" ").map(Number)
    ?? [+time.dataset.start, +time.dataset.oldFrom, +time.dataset.staleFrom, +time.dataset.due];
  const instants = { start, oldFrom, staleFrom, due };
  const ms = instants.due - at, step = stepAt(at, instants);
  const lean = time.dataset.clock !== undefined, zone = lean ? time.closest("[data-zone]")?.dataset.zone : undefined;
  write(time, left(ms, time.dataset.form === "card" || lean));
  if (lean) time.classList.add("ld-time");
  swap(time, "t", step);
  const says = time.dataset.says ?? (zone && `Retires ${momentInFull(due, at, zone)}`);
  if (says) time.title = `${ms <= 0 ? "Due now, leaves with the next sweep" : `${says}, in ${leftInFull(ms)}`}${rule ? `. ${rule}` : ""}`;
  const lead = time.closest("[data-lead-id]");
  if (lead && lead.dataset.step !== steps[step]) lead.dataset.step = steps[step];
  const name = lead?.getAttribute("aria-label"), said = name?.replace(/, retires .*$/, `, ${spoken(ms, step)}`);
  if (said !== name) lead.setAttribute("aria-label", said);
  const fuse = time.closest(".ld-left, [data-lead-id], [data-countdown]")?.querySelector(".fuse");
  if (fuse) {
    swap(fuse, "f", step);
    const whole = instants.due - instants.start;
    const share = step === 5 || !(whole > 0) ? 0 : Math.min(1, Math.max(0, ms / whole));
    fuse.firstElementChild?.setAttribute("width", `${Math.round(share * 100)}%`);
  }
  return ms > 0 && ms <= 2 * minute + second;
}

function waiting(time, at) {
  const age = Math.max(1, at - +time.dataset.age);
  write(time, left(age));
  swap(time, "t", age >= +time.dataset.lateAfter ? 4 : age >= +time.dataset.oldAfter ? 3 : 1);
}

export function tick() {
  clearTimeout(timer);
  asked = false;
  const at = now(), rule = document.querySelector("[data-rule]")?.dataset.rule;
  let soon = false;
  for (const time of document.querySelectorAll("time[data-due], time[data-clock]")) soon = countdown(time, at, rule) || soon;
  for (const time of document.querySelectorAll("time[data-ago]")) {
    const age = at - +time.dataset.ago;
    write(time, ago(age));
    soon ||= age < minute;
  }
  for (const time of document.querySelectorAll("time[data-age]")) waiting(time, at);
  timer = setTimeout(tick, soon ? second : minute);
}

function ask() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(tick);
}

/** serverNow in unix milliseconds; without it the clock of the page's own answer is taken. */
export function init(serverNow) {
  const stamped = +document.documentElement.dataset.serverNow;
  const answered = performance.timeOrigin + (performance.getEntriesByType("navigation")[0]?.responseStart ?? performance.now());
  if (serverNow) offset = serverNow - Date.now();
  else if (stamped) offset = stamped - answered;
  new MutationObserver(ask).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-clock", "data-due", "data-stale-from", "data-old-from", "data-start", "data-ago", "data-age"] });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
  tick();
}
