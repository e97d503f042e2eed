// Comforts only: every page works without this file.
"use strict";

// Open menus close with Escape and by a click elsewhere.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details[data-closes][open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-closes][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  const closer = event.target.closest("[data-dismiss]");
  if (closer) closer.closest("[data-dismissable]").remove();
});

// On wide pages filters stand open; on phones they fold away.
const wide = matchMedia("(min-width: 60rem)");
const unfold = () => {
  for (const filters of document.querySelectorAll("details[data-open-wide]")) filters.open = filters.open || wide.matches;
};
unfold();
document.addEventListener("htmx:load", unfold);

// A control named data-submits sends its form as soon as it changes.
document.addEventListener("change", (event) => {
  if (event.target.closest("[data-submits]")) event.target.form?.requestSubmit();
});

// A failed partial request says so instead of doing nothing.
document.addEventListener("htmx:sendError", () => {
  document.querySelector("[data-offline]")?.removeAttribute("hidden");
});
