// What every page of the desk needs from the browser: time, keys, connection, theme and the width of the navigation.
import * as time from "./time.js";
import * as keys from "./keys.js";
import * as connection from "./connection.js";

const root = document.documentElement;
const keep = (name, value) => { document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`; };

function chosen(event) {
  const at = event.target instanceof Element ? event.target.closest("[data-theme-set], [data-keys-set]") : null;
  if (!at) return;
  if (at.dataset.themeSet) {
    root.dataset.theme = at.dataset.themeSet;
    keep("ld-theme", at.dataset.themeSet);
  } else keep("ld-keys", at.dataset.keysSet);
}

function toggleNav() {
  const rail = root.dataset.nav === "rail" || (root.dataset.nav !== "open" && matchMedia("(max-width: 1279px)").matches);
  root.dataset.nav = rail ? "open" : "rail";
  keep("ld-nav", root.dataset.nav);
}

time.init();
keys.init();
connection.init();
document.addEventListener("click", chosen, true);
document.addEventListener("ld-nav", toggleNav);
document.addEventListener("click", event => {
  const skip = event.target instanceof Element ? event.target.closest("[data-skip]") : null;
  if (skip) document.getElementById(skip.dataset.skip)?.focus();
});
