// Reads the columns of JSON that concivis/twinning/mapcolumns.py describes.

/** The links at `url`; throws where the server does not answer with them. */
export async function fetchGraph(url) {
  const response = await fetch(url, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`${response.status}`);
  return graphOf(await response.json());
}

function graphOf(told) {
  const ids = told.places.id ? told.places.id.split(" ") : [];
  const places = ids.map((id, index) => ({
    id,
    index,
    name: told.places.name[index],
    country: told.places.country.slice(index * 2, index * 2 + 2),
    at: [told.places.lon[index] / 1000, told.places.lat[index] / 1000],
    links: [], // indexes of its links
  }));
  const linkIds = told.links.id ? told.links.id.split(" ") : [];
  const links = linkIds.map((id, index) => ({
    id,
    index,
    title: told.links.title?.[index],
    a: places[told.links.a[index]],
    b: places[told.links.b[index]],
    kind: Number(told.links.kind[index]),
    state: Number(told.links.state[index]),
  }));
  for (const link of links) {
    link.a.links.push(link.index);
    if (link.b !== link.a) link.b.links.push(link.index);
  }
  return { count: told.count, kinds: told.kinds, states: told.states, countries: told.countries, places, links };
}

/** The place at the other end of a link. */
export function otherEnd(link, place) {
  return link.a === place ? link.b : link.a;
}

/** Lower case without accents, to compare names. */
export function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}
