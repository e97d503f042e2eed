// Brings the maps of links on a page to life. Without it, or where the browser cannot, the drawn map stays.
import { LinkMap } from "./linkmap.js";

const able = "OffscreenCanvas" in window && "transferToImageBitmap" in OffscreenCanvas.prototype && "ResizeObserver" in window;

if (able) for (const figure of document.querySelectorAll("[data-linkmap]")) bring(figure);

async function bring(figure) {
  const map = new LinkMap(figure);
  try {
    await map.start();
  } catch (error) {
    figure.querySelector("[data-map-legend]").textContent = map.words.failed;
    console.warn(error);
    return;
  }
  const side = document.querySelector("[data-map-filters]");
  if (side) follow(side, map);
}

/** Changed filters reload the links, not the page: the window stays where the reader is. */
function follow(side, map) {
  const form = side.querySelector("form");
  const change = async (event) => {
    event.preventDefault();
    const filled = [...new FormData(form)].filter(([, value]) => value !== "");
    const query = `?${new URLSearchParams(filled)}`;
    side.ariaBusy = "true";
    try {
      await Promise.all([map.load(map.figure.dataset.all + query), retell(side, query)]);
      history.replaceState(null, "", query);
    } catch {
      location.search = query; // the page itself says what is wrong
    }
    side.ariaBusy = "false";
  };
  form.addEventListener("change", change);
  form.addEventListener("submit", change);
}

/** Takes chips, count and links to the other formats from what the server writes beside the map. */
async function retell(side, query) {
  const response = await fetch(location.pathname + query, { headers: { "HX-Request": "true" } });
  if (!response.ok) throw new Error(`${response.status}`);
  const told = new DOMParser().parseFromString(await response.text(), "text/html").body;
  const [filters, fresh] = [side.querySelector("details"), told.querySelector("details")];
  filters.querySelector("summary").replaceChildren(...fresh.querySelector("summary").childNodes);
  while (filters.nextSibling) filters.nextSibling.remove();
  while (fresh.nextSibling) side.append(fresh.nextSibling);
}
