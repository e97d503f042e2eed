// A worker: paints the picture of the map, away from the page, so that panning stays smooth however many lines there are.
//
// It is sent   {type: "links", ends, kind, state, spots, size}   and   {type: "paint", view, colours, colourBy, faded, only}
// and answers  {type: "ready"}                                   and   {type: "painted", bitmap, view}.
// A view is {k, x, y, width, height, ratio}: a point p of the flat world lies at p * k + (x, y), in CSS pixels.
/* global d3 */
import { feature } from "../topojson/index.js";
import { greatCircles, worldProjection } from "./projection.js";

const TOGETHER = 12; // lines in one stroke: many strokes are slow, one with everything hides how dense they lie
const NEAR = 10; // pixels between the points of a line: what lies closer is left out
const basemap = { coarse: null, fine: null };
let lines = { xy: new Float32Array(), pen: new Uint8Array(), start: new Uint32Array(1) };
let boxes = new Float32Array();
let links = { kind: [], state: [], spots: [], size: [] };

addEventListener("message", ({ data }) => {
  if (data.type === "links") take(data);
  if (data.type === "paint") paint(data);
});

loadBasemap("coarse", "../world/countries-110m.json").then(() => loadBasemap("fine", "../world/countries-50m.json"));

async function loadBasemap(name, path) {
  const response = await fetch(new URL(path, import.meta.url));
  if (!response.ok) return;
  const topology = await response.json();
  const draw = d3.geoPath(worldProjection());
  basemap[name] = feature(topology, topology.objects.countries)
    .features.filter((country) => country.id !== "010") // Antarctica has no towns
    .map((country) => ({ path: new Path2D(draw(country) ?? ""), box: draw.bounds(country).flat() }));
  postMessage({ type: "ready" });
}

function take(message) {
  links = message;
  lines = greatCircles(message.ends);
  boxes = new Float32Array(message.ends.length * 4);
  for (let i = 0; i < message.ends.length; i += 1) {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let j = lines.start[i]; j < lines.start[i + 1]; j += 1) {
      left = Math.min(left, lines.xy[j * 2]);
      right = Math.max(right, lines.xy[j * 2]);
      top = Math.min(top, lines.xy[j * 2 + 1]);
      bottom = Math.max(bottom, lines.xy[j * 2 + 1]);
    }
    boxes.set([left, top, right, bottom], i * 4);
  }
  postMessage({ type: "ready" });
}

function paint({ view, colours, colourBy, faded, hidden }) {
  const canvas = new OffscreenCanvas(Math.round(view.width * view.ratio), Math.round(view.height * view.ratio));
  const context = canvas.getContext("2d", { alpha: false });
  context.scale(view.ratio, view.ratio);
  paintLand(context, view, colours);
  paintLines(context, view, colours[colourBy], links[colourBy], faded, new Set(hidden));
  paintSpots(context, view, colours.place);
  const bitmap = canvas.transferToImageBitmap();
  postMessage({ type: "painted", bitmap, view }, [bitmap]);
}

function paintLand(context, view, colours) {
  context.fillStyle = colours.sea;
  context.fillRect(0, 0, view.width, view.height);
  const countries = (view.k > 0.6 && basemap.fine) || basemap.coarse || [];
  const world = [-view.x / view.k, -view.y / view.k, (view.width - view.x) / view.k, (view.height - view.y) / view.k];
  context.save();
  context.translate(view.x, view.y);
  context.scale(view.k, view.k);
  context.fillStyle = colours.land;
  context.strokeStyle = colours.coast;
  context.lineWidth = 0.8 / view.k;
  context.lineJoin = "round";
  for (const { path, box } of countries) {
    if (apart(box, world)) continue;
    context.fill(path);
    context.stroke(path);
  }
  context.restore();
}

function apart(box, other) {
  return box[2] < other[0] || box[0] > other[2] || box[3] < other[1] || box[1] > other[3];
}

function paintLines(context, view, colours, groups, faded, hidden) {
  const seen = visible(view, groups, hidden);
  const opacity = Math.min(0.9, Math.max(0.07, 11 / Math.sqrt(seen.total + 1))) * (faded ? 0.35 : 1);
  context.globalAlpha = opacity;
  context.lineWidth = Math.min(1.8, 0.8 + view.k / 8) + (seen.total < 300 ? 0.5 : 0);
  seen.groups.forEach((indexes, group) => {
    context.strokeStyle = colours[group];
    for (let i = 0; i < indexes.length; i += TOGETHER) {
      context.beginPath();
      for (const index of indexes.slice(i, i + TOGETHER)) trace(context, view, index);
      context.stroke();
    }
  });
  context.globalAlpha = 1;
}

/** The lines in view, gathered by colour; the most frequent colour first, so that it does not bury the rest. */
function visible(view, groups, hidden) {
  const [left, top] = [-view.x / view.k, -view.y / view.k];
  const [right, bottom] = [left + view.width / view.k, top + view.height / view.k];
  const found = new Map();
  let total = 0;
  for (let i = 0; i < lines.start.length - 1; i += 1) {
    const b = i * 4;
    if (boxes[b + 2] < left || boxes[b] > right || boxes[b + 3] < top || boxes[b + 1] > bottom) continue;
    if (hidden.has(groups[i])) continue;
    if (!found.has(groups[i])) found.set(groups[i], []);
    found.get(groups[i]).push(i);
    total += 1;
  }
  return { groups: new Map([...found].sort((a, b) => b[1].length - a[1].length)), total };
}

function trace(context, view, index) {
  const last = lines.start[index + 1] - 1;
  let x = 0;
  let y = 0;
  for (let j = lines.start[index]; j <= last; j += 1) {
    const nextX = lines.xy[j * 2] * view.k + view.x;
    const nextY = lines.xy[j * 2 + 1] * view.k + view.y;
    if (lines.pen[j]) context.moveTo(nextX, nextY);
    else if (j === last || lines.pen[j + 1] || Math.abs(nextX - x) + Math.abs(nextY - y) > NEAR) {
      context.lineTo(nextX, nextY);
    } else continue;
    x = nextX;
    y = nextY;
  }
}

function paintSpots(context, view, colour) {
  context.fillStyle = colour;
  context.globalAlpha = links.size.length < 2000 ? 1 : Math.min(1, 0.2 + view.k * 0.6); // from afar they would hide Europe
  const grown = Math.min(2.2, 0.55 + view.k * 0.35) * (links.size.length < 600 ? 1.8 : 1);
  for (let i = 0; i < links.size.length; i += 1) {
    const x = links.spots[i * 2] * view.k + view.x;
    const y = links.spots[i * 2 + 1] * view.k + view.y;
    if (x < -9 || y < -9 || x > view.width + 9 || y > view.height + 9) continue;
    const radius = grown * Math.min(2.6, 0.55 + Math.sqrt(links.size[i]) / 4);
    if (radius < 1.1) {
      context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
    } else {
      context.beginPath();
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.fill();
    }
  }
  context.globalAlpha = 1;
}
