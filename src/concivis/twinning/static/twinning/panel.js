// What stands beside the map in words: the chosen place, the field to find one, the legend. All of it plain elements.
import { folded, otherEnd } from "./columns.js";

const PARTNERS_SHOWN = 14;
const FOUND_SHOWN = 8;

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key in made && key !== "list" && key !== "role") made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** The card of a place: name, country, number of partners, the way to its page, its partnerships. */
export function placeCard(graph, place, { words, addresses, close }) {
  const partners = place.links
    .map((index) => ({ link: graph.links[index], place: otherEnd(graph.links[index], place) }))
    .sort((a, b) => a.place.name.localeCompare(b.place.name));
  const rows = partners.slice(0, PARTNERS_SHOWN).map(({ link, place: other }) =>
    element(
      "li",
      {},
      element("a", { href: addresses.partnership(link.id) }, link.title ?? other.name),
      ` ${graph.countries[other.country]} · ${graph.kinds[link.kind][1]}`,
    ),
  );
  const rest = partners.length - rows.length;
  if (rest > 0) rows.push(element("li", {}, words.and_more.replace("{n}", number(rest))));
  return [
    element("button", { type: "button", className: "linkmap-close", onclick: close, ariaLabel: words.close }, "×"),
    element("h3", {}, place.name),
    element("p", {}, `${graph.countries[place.country]} · ${words.partners.replace("{n}", number(partners.length))}`),
    element("p", {}, element("a", { href: addresses.place(place.id) }, words.open_place)),
    element("ul", {}, ...rows),
  ];
}

/** A field that finds places on the map by the beginning of a word of their name. */
export function finder({ words, graph, choose }) {
  const results = element("ul", { className: "linkmap-found", ariaLive: "polite" });
  const field = element("input", { type: "search", autocomplete: "off", placeholder: words.find, ariaLabel: words.find });
  field.addEventListener("input", () => {
    const wanted = folded(field.value.trim());
    const found = wanted.length > 1 ? findPlaces(graph(), wanted) : [];
    results.replaceChildren(
      ...found.map((place) =>
        element(
          "li",
          {},
          element(
            "button",
            {
              type: "button",
              onclick: () => {
                results.replaceChildren();
                field.value = place.name;
                choose(place);
              },
            },
            `${place.name}, ${graph().countries[place.country]}`,
          ),
        ),
      ),
    );
    if (wanted.length > 1 && !found.length) results.append(element("li", {}, words.nothing_found));
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      results.querySelector("button")?.click();
    }
    if (event.key === "ArrowDown") results.querySelector("button")?.focus();
  });
  return element("div", { className: "linkmap-find", role: "search" }, field, results);
}

function findPlaces(graph, wanted) {
  const found = [];
  for (const place of graph.ranked) {
    place.folded ??= folded(place.name);
    if (place.folded.startsWith(wanted) || place.folded.includes(` ${wanted}`)) found.push(place);
    if (found.length === FOUND_SHOWN) break;
  }
  return found;
}

/** The legend is also a filter: each colour with its number of links, to be put out and lit again. */
export function legend(graph, { words, colourBy, hidden, recolour, toggle }) {
  const names = colourBy === "kind" ? graph.kinds : graph.states;
  const counts = new Array(names.length).fill(0);
  for (const link of graph.links) counts[link[colourBy]] += 1;
  const choice = (value) =>
    element(
      "button",
      { type: "button", className: "linkmap-choice", ariaPressed: String(colourBy === value), onclick: () => recolour(value) },
      words[value],
    );
  const items = names.flatMap(([, label], index) =>
    counts[index]
      ? [
          element(
            "li",
            {},
            element(
              "button",
              {
                type: "button",
                className: `linkmap-key linkmap-${colourBy}-${index}`,
                ariaPressed: String(!hidden.has(index)),
                onclick: () => toggle(index),
              },
              `${label} `,
              element("span", { className: "count" }, number(counts[index])),
            ),
          ),
        ]
      : [],
  );
  const shown = graph.links.filter((link) => !hidden.has(link[colourBy])).length;
  return [
    element("p", { role: "status" }, words.links_shown.replace("{n}", number(shown))),
    ...(graph.states.length ? [element("p", {}, `${words.colour_by} `, choice("kind"), " ", choice("state"))] : []),
    element("ul", { className: "linkmap-keys" }, ...items),
  ];
}

export function number(value) {
  return value.toLocaleString(document.documentElement.lang);
}
