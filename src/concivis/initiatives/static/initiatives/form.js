// A button data-tick="themes:youth" ticks that box of the form, so that a proposal becomes an answer by one press.
"use strict";

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-tick]");
  if (!button) return;
  const at = button.dataset.tick.indexOf(":");
  const [name, value] = [button.dataset.tick.slice(0, at), button.dataset.tick.slice(at + 1)];
  const form = document.getElementById("entry-form");
  for (const field of form.elements) {
    if (field.name !== name) continue;
    if (field.type === "checkbox" ? field.value !== value : field.value.includes(value)) continue;
    if (field.type === "checkbox") field.checked = true;
    else field.value = field.value.trim() ? `${field.value.trim()}, ${value}` : value;
    field.closest("details")?.setAttribute("open", "");
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  button.disabled = true;
});
