// Makes the field of the search a combobox (WAI-ARIA 1.2, list autocomplete): proposals while one types, each a link.
// Without this file the field is a plain one.
"use strict";

(() => {
  const WAIT = 150; // milliseconds after the last letter

  for (const field of document.querySelectorAll("[data-search-field]")) prepare(field);

  function prepare(field) {
    const input = field.querySelector("input");
    const list = field.querySelector("[data-search-list]");
    const status = field.querySelector("[data-search-status]");
    let timer = 0;
    let asked = null;

    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]])
      input.setAttribute(name, value);

    const options = () => [...list.querySelectorAll("[role=option]")];
    const current = () => options().findIndex((option) => option.getAttribute("aria-selected") === "true");

    function open(shown) {
      list.hidden = !shown;
      input.setAttribute("aria-expanded", String(shown));
      if (!shown) point(-1);
    }

    function point(index) {
      const all = options();
      const wanted = index < 0 ? null : all[index % all.length];
      for (const option of all) option.setAttribute("aria-selected", String(option === wanted));
      if (wanted) {
        input.setAttribute("aria-activedescendant", wanted.id);
        wanted.scrollIntoView({ block: "nearest" });
      } else input.removeAttribute("aria-activedescendant");
    }

    async function propose() {
      const words = input.value.trim();
      asked?.abort();
      if (words.length < 2) return open(false);
      asked = new AbortController();
      try {
        const response = await fetch(`${field.dataset.searchField}?${new URLSearchParams({ q: words })}`, { signal: asked.signal });
        if (!response.ok) return open(false);
        const told = new DOMParser().parseFromString(await response.text(), "text/html");
        list.replaceChildren(...told.body.childNodes);
      } catch {
        return; // typed on, or no connection: the plain field still works
      }
      options().forEach((option, index) => (option.id = `${list.id}-${index}`));
      status.textContent = `${field.dataset.found} ${options().length}`;
      open(options().length > 0 && document.activeElement === input);
    }

    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(propose, WAIT);
    });

    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const all = options();
      if (event.key === "ArrowDown" && all.length) {
        open(true);
        point(current() + 1);
      } else if (event.key === "ArrowUp" && all.length) {
        open(true);
        point(current() < 1 ? all.length - 1 : current() - 1);
      } else if (event.key === "Enter" && !list.hidden && current() >= 0) {
        location.assign(all[current()].href);
      } else if (event.key === "Escape" && !list.hidden) {
        open(false);
      } else return;
      event.preventDefault();
    });

    // mousedown, not click: the field must not lose the focus first
    list.addEventListener("mousedown", (event) => event.preventDefault());
    input.addEventListener("blur", () => open(false));
  }
})();
