// What is drawn anew in every frame, over the painted picture: names, the highlighted place and its arcs.
import { otherEnd } from "./columns.js";
import { greatCircles } from "./projection.js";

const MOST_NAMES = 60;

/** Draws names of the best connected places in view where they do not cover each other, and the highlight. */
export class Overlay {
  /** `graph` has places with `spot` (flat position), sorted by number of links in `ranked`. */
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d");
    this.graph = null;
    this.highlight = null;
    this.arcs = null;
  }

  show(graph) {
    this.graph = graph;
    this.setHighlight(null);
  }

  /** The place whose arcs stand out; null for none. */
  setHighlight(place) {
    if (place === this.highlight) return;
    this.highlight = place;
    this.arcs = place && greatCircles(place.links.map((i) => [this.graph.links[i].a.at, this.graph.links[i].b.at]));
  }

  draw(view, style) {
    const { canvas, context } = this;
    const [width, height] = [Math.round(view.width * view.ratio), Math.round(view.height * view.ratio)];
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    context.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
    context.clearRect(0, 0, view.width, view.height);
    if (!this.graph) return;
    if (this.highlight) this.drawHighlight(view, style);
    this.drawNames(view, style);
  }

  drawHighlight(view, style) {
    const { context, arcs, highlight } = this;
    context.strokeStyle = style.highlight;
    context.lineWidth = 2;
    context.beginPath();
    for (let i = 0; i < arcs.pen.length; i += 1) {
      const x = arcs.xy[i * 2] * view.k + view.x;
      const y = arcs.xy[i * 2 + 1] * view.k + view.y;
      if (arcs.pen[i]) context.moveTo(x, y);
      else context.lineTo(x, y);
    }
    context.stroke();
    const partners = highlight.links.map((i) => otherEnd(this.graph.links[i], highlight));
    for (const place of partners) this.dot(view, place, 3.5, style.place, style.land);
    this.dot(view, highlight, 6, style.highlight, style.land);
  }

  dot(view, place, radius, fill, ring) {
    const { context } = this;
    context.beginPath();
    context.arc(place.spot[0] * view.k + view.x, place.spot[1] * view.k + view.y, radius, 0, 2 * Math.PI);
    context.fillStyle = fill;
    context.fill();
    context.lineWidth = 1.5;
    context.strokeStyle = ring;
    context.stroke();
  }

  drawNames(view, style) {
    const { context } = this;
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.textBaseline = "middle";
    context.direction = "ltr";
    const taken = [];
    const first = this.highlight
      ? [this.highlight, ...this.highlight.links.map((i) => otherEnd(this.graph.links[i], this.highlight))]
      : [];
    const limit = Math.min(MOST_NAMES, Math.round((view.width * view.height) / 16000));
    for (const place of first) this.writeName(view, style, place, taken, place === this.highlight);
    if (this.highlight) return;
    const known = 60 + 250 * view.k ** 2; // from afar only the best connected have a name, not whoever finds room
    for (const place of this.graph.ranked.slice(0, known)) {
      if (taken.length >= limit) break;
      this.writeName(view, style, place, taken, false);
    }
  }

  writeName(view, style, place, taken, strong) {
    const x = place.spot[0] * view.k + view.x;
    const y = place.spot[1] * view.k + view.y;
    if (x < 0 || y < 8 || x > view.width || y > view.height - 8) return;
    const { context } = this;
    context.font = `${strong ? 700 : 500} ${strong ? 15 : 12.5}px ${style.font}`;
    const wide = context.measureText(place.name).width;
    const left = x + 8 + wide > view.width ? x - 8 - wide : x + 8;
    const box = [left - 3, y - 9, left + wide + 3, y + 9];
    if (taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) return;
    taken.push(box);
    context.strokeStyle = style.halo;
    context.strokeText(place.name, left, y);
    context.fillStyle = style.ink;
    context.fillText(place.name, left, y);
  }
}
