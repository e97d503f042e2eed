// A field for a point gets a button that writes where the device stands. Without this file it is a plain text field.
"use strict";

(() => {
  const DIGITS = 5; // about a metre
  const PATIENCE = { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 }; // milliseconds

  function prepare(root) {
    if (!("geolocation" in navigator)) return;
    for (const input of root.querySelectorAll("input[data-here]:not([data-ready])")) {
      input.dataset.ready = "";
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button-quiet";
      button.textContent = input.dataset.here;
      const status = document.createElement("p");
      status.className = "help";
      status.setAttribute("role", "status");
      input.after(button, status);
      button.addEventListener("click", () => ask(input, button, status));
    }
  }

  function ask(input, button, status) {
    const say = (words) => {
      status.textContent = words;
      button.disabled = false;
    };
    button.disabled = true;
    status.textContent = input.dataset.asking;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        input.value = `${coords.latitude.toFixed(DIGITS)}, ${coords.longitude.toFixed(DIGITS)}`;
        input.dispatchEvent(new Event("change", { bubbles: true }));
        say(input.dataset.found);
      },
      () => say(input.dataset.unknown),
      PATIENCE,
    );
  }

  document.addEventListener("DOMContentLoaded", () => prepare(document));
  document.addEventListener("htmx:load", (event) => prepare(event.target));
  if (document.readyState !== "loading") prepare(document);
})();
