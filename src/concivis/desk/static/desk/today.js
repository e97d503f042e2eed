// A comfort only: keys for what the page's buttons do. Everything works without this file.
"use strict";

const page = document.querySelector("[data-today]");
const matters = [...page.querySelectorAll("[data-matter]")];
const dialog = page.querySelector("[data-keys]");
const says = page.querySelector("[data-says]");
const turn = dialog.querySelector("[data-keys-switch]");
const SWITCHED_OFF = "today-keys-off"; // kept by the browser: some people's aids type letters of their own
const PLACE = "today-place"; // where the reader was before the page was sent
let on = localStorage.getItem(SWITCHED_OFF) === null;

const current = () => document.activeElement.closest?.("[data-matter]");
const box = (matter) => matter?.querySelector("input[name=chosen]");
const chosen = () => matters.some((matter) => box(matter)?.checked);

// One matter at a time can be reached by Tab; j and k go from one to the next.
function rove(to) {
  if (!to) return;
  for (const matter of matters) matter.tabIndex = matter === to ? 0 : -1;
  to.focus();
}

function step(by) {
  const at = matters.indexOf(current());
  rove(matters[at < 0 ? 0 : Math.min(Math.max(at + by, 0), matters.length - 1)]);
}

function choose() {
  const tick = box(current());
  if (!tick) return;
  tick.checked = !tick.checked;
  says.textContent = `${tick.checked ? says.dataset.chosen : says.dataset.dropped}: ${tick.closest("article").querySelector("h3").textContent}`;
}

function press(button) {
  if (!button) return;
  sessionStorage.setItem(PLACE, Math.max(matters.indexOf(current()), 0));
  button.click();
}

const one = (name) => press(current()?.querySelector(`[data-do=${name}]`));
const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  x: choose,
  d: () => (chosen() ? press(page.querySelector("#many [name=done]")) : one("done")),
  s: () => (chosen() ? page.querySelector("#until").focus() : one("week")),
  a: () => (chosen() ? page.querySelector("#person").focus() : one("mine")),
  u: () => press(page.querySelector("[data-undo]")),
  "?": () => dialog.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
  const writing = event.target.matches("input:not([type=checkbox]), select, textarea");
  if (writing) return;
  if (event.key === "Enter" && event.target.matches("[data-matter]")) {
    event.target.querySelector("[data-open]").click();
  } else if (on && KEYS[event.key]) {
    event.preventDefault();
    KEYS[event.key]();
  }
});

function label() {
  turn.textContent = on ? turn.dataset.off : turn.dataset.on;
}

turn.addEventListener("click", () => {
  on = !on;
  if (on) localStorage.removeItem(SWITCHED_OFF);
  else localStorage.setItem(SWITCHED_OFF, "1");
  says.textContent = on ? says.dataset.on : says.dataset.off;
  label();
});

const opener = page.querySelector("[data-keys-open]");
opener.hidden = false;
opener.addEventListener("click", () => dialog.showModal());
label();
for (const [at, matter] of matters.entries()) matter.tabIndex = at ? -1 : 0;
const place = sessionStorage.getItem(PLACE);
sessionStorage.removeItem(PLACE);
if (place !== null) rove(matters[Math.min(Number(place), matters.length - 1)]);
