// Makes a place field a combobox (WAI-ARIA 1.2, list autocomplete). Without this file the form asks by radio buttons.
"use strict";

(() => {
  const partsOf = (element) => {
    const field = element.closest?.("[data-place-field]");
    if (!field) return null;
    return {
      field,
      input: field.querySelector("input[type=text]"),
      list: field.querySelector("[data-place-list]"),
      status: field.querySelector("[data-place-status]"),
    };
  };

  const options = (list) => [...list.querySelectorAll("[data-place]")];

  function prepare(root) {
    for (const field of root.querySelectorAll("[data-place-field]")) {
      const { input, list } = partsOf(field);
      if (input.getAttribute("role") === "combobox") continue;
      input.setAttribute("role", "combobox");
      input.setAttribute("aria-autocomplete", "list");
      input.setAttribute("aria-expanded", "false");
      input.setAttribute("aria-controls", list.id);
    }
  }

  function open(parts) {
    parts.list.hidden = false;
    parts.input.setAttribute("aria-expanded", "true");
  }

  function close(parts) {
    parts.list.hidden = true;
    parts.input.setAttribute("aria-expanded", "false");
    parts.input.removeAttribute("aria-activedescendant");
    for (const option of options(parts.list)) option.setAttribute("aria-selected", "false");
  }

  function point(parts, index) {
    const all = options(parts.list);
    if (!all.length) return;
    const wanted = all[(index + all.length) % all.length];
    for (const option of all) option.setAttribute("aria-selected", String(option === wanted));
    parts.input.setAttribute("aria-activedescendant", wanted.id);
    wanted.scrollIntoView({ block: "nearest" });
  }

  function idInput(parts) {
    const hidden = parts.field.querySelector("[data-place-id]");
    if (hidden) return hidden;
    parts.field.querySelector("[data-place-choices]")?.remove();
    const fresh = document.createElement("input");
    fresh.type = "hidden";
    fresh.name = `${parts.input.name}_id`;
    fresh.dataset.placeId = "";
    parts.input.after(fresh);
    return fresh;
  }

  function choose(parts, option) {
    parts.input.value = option.dataset.label;
    idInput(parts).value = option.dataset.place;
    close(parts);
    parts.status.textContent = option.dataset.label;
    parts.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  document.addEventListener("input", (event) => {
    const parts = partsOf(event.target);
    if (!parts || event.target !== parts.input) return;
    idInput(parts).value = "";
    if (!parts.input.value.trim()) close(parts);
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    const parts = partsOf(event.target);
    if (!parts) return;
    if (document.activeElement !== parts.input || !parts.input.value.trim()) return close(parts);
    open(parts);
    const none = parts.list.querySelector(".place-none");
    parts.status.textContent = none ? none.textContent : `${parts.field.dataset.found} ${options(parts.list).length}`;
  });

  document.addEventListener("keydown", (event) => {
    const parts = partsOf(event.target);
    if (!parts || event.target !== parts.input || event.isComposing) return;
    const all = options(parts.list);
    const current = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
    const shown = !parts.list.hidden;
    if (event.key === "ArrowDown" && all.length) {
      open(parts);
      point(parts, current + 1);
    } else if (event.key === "ArrowUp" && all.length) {
      open(parts);
      point(parts, current < 0 ? all.length - 1 : current - 1);
    } else if (event.key === "Enter" && shown && current >= 0) {
      choose(parts, all[current]);
    } else if (event.key === "Escape" && shown) {
      close(parts);
    } else {
      if (event.key === "Tab" && shown && current >= 0) choose(parts, all[current]);
      return;
    }
    event.preventDefault();
  });

  // mousedown, not click: the field must not lose the focus first
  document.addEventListener("mousedown", (event) => {
    const option = event.target.closest?.("[data-place-field] [data-place]");
    if (!option) return;
    event.preventDefault();
    choose(partsOf(option), option);
  });

  document.addEventListener("focusout", (event) => {
    const parts = partsOf(event.target);
    if (parts && !parts.field.contains(event.relatedTarget)) close(parts);
  });

  document.addEventListener("DOMContentLoaded", () => prepare(document));
  document.addEventListener("htmx:load", (event) => prepare(event.target));
  if (document.readyState !== "loading") prepare(document);
})();
