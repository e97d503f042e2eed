// A map of links that moves. A worker (painter.js) paints a picture larger than the window; while the reader pans or
// zooms, the picture is only shifted and scaled, and names and highlights are drawn over it; then a sharp one follows.
/* global d3 */
import { fetchGraph } from "./columns.js";
import { Overlay } from "./overlay.js";
import { element, finder, legend, placeCard } from "./panel.js";
import { BOTTOM, TOP, WIDTH, worldProjection } from "./projection.js";

const MARGIN = 0.2; // of the window, painted beyond each edge
const CLOSEST = 60;
const CLOSEST_FIT = 10;
const REACH = 14; // pixels around a place that count as on it
const STEP = 90; // pixels for an arrow key
const still = matchMedia("(prefers-reduced-motion: reduce)");
const dark = matchMedia("(prefers-color-scheme: dark)");

export class LinkMap {
  /** `figure`: see templates/twinning/link_map.html. */
  constructor(figure) {
    this.figure = figure;
    this.plate = figure.querySelector(".map-plate");
    this.words = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
    this.embedded = "embedded" in figure.dataset;
    this.addresses = {
      place: (id) => figure.dataset.place.replace("ID", id),
      partnership: (id) => figure.dataset.partnership.replace("ID", id),
    };
    this.graph = null;
    this.colourBy = "kind";
    this.hidden = new Set();
    this.painting = false;
    this.frame = null;
    this.transform = d3.zoomIdentity;
  }

  /** Loads the links and takes the place of the drawn map. Throws where the links cannot be had. */
  async start() {
    this.worker = new Worker(new URL("./painter.js", import.meta.url), { type: "module" });
    this.worker.addEventListener("message", ({ data }) => this.hear(data));
    await this.load(this.figure.dataset.linkmap);
    this.build();
    this.overlay.show(this.graph);
    this.readStyle();
    this.resize();
    this.show(this.extent(), false);
    this.select(this.graph.places.find((place) => place.id === this.figure.dataset.home) ?? null);
    new ResizeObserver(() => this.resize()).observe(this.stage);
    dark.addEventListener("change", () => this.readStyle());
  }

  /** Other links in the same window. */
  async load(url) {
    const graph = await fetchGraph(url);
    const project = worldProjection();
    for (const place of graph.places) place.spot = project(place.at);
    graph.ranked = [...graph.places].sort((a, b) => b.links.length - a.links.length);
    this.tree = d3
      .quadtree()
      .x((place) => place.spot[0])
      .y((place) => place.spot[1])
      .addAll(graph.places.filter((place) => place.links.length));
    this.graph = graph;
    this.hidden.clear();
    this.worker.postMessage({
      type: "links",
      ends: graph.links.map((link) => [link.a.at, link.b.at]),
      kind: Uint8Array.from(graph.links, (link) => link.kind),
      state: Uint8Array.from(graph.links, (link) => link.state),
      spots: Float32Array.from(graph.places.flatMap((place) => place.spot)),
      size: Uint16Array.from(graph.places, (place) => place.links.length),
    });
    if (this.overlay) {
      this.overlay.show(graph);
      this.select(null);
    }
  }

  // --- elements ---------------------------------------------------------------------------------------------

  build() {
    const { words } = this;
    this.picture = element("canvas", { className: "linkmap-picture", ariaHidden: "true" });
    const over = element("canvas", { className: "linkmap-overlay", ariaHidden: "true" });
    this.overlay = new Overlay(over);
    this.stage = element("div", { className: "linkmap-stage", tabIndex: 0, role: "application", ariaLabel: words.map });
    this.stage.append(this.picture, over);
    this.panel = element("aside", { className: "linkmap-panel", hidden: true, ariaLive: "polite" });
    const button = (label, sign, act) =>
      element("button", { type: "button", ariaLabel: label, title: label, onclick: act }, sign);
    const controls = element(
      "div",
      { className: "linkmap-controls" },
      button(words.zoom_in, "+", () => this.zoomBy(2)),
      button(words.zoom_out, "−", () => this.zoomBy(0.5)),
      button(words.whole, "⤢", () => this.show(this.extent())),
    );
    const find = finder({ words, graph: () => this.graph, choose: (place) => this.visit(place) });
    this.plate.replaceChildren(this.stage, controls, find, this.panel);
    this.figure.classList.add("linkmap-alive");
    this.listen();
  }

  listen() {
    this.zoom = d3
      .zoom()
      .filter((event) => this.heeds(event))
      .translateExtent([
        [0, 0],
        [WIDTH, WIDTH],
      ])
      .on("zoom", ({ transform }) => {
        this.transform = transform;
        this.schedule();
      });
    d3.select(this.stage).call(this.zoom).on("dblclick.zoom", null);
    this.stage.addEventListener("click", (event) => this.select(this.placeAt(event)));
    this.stage.addEventListener("pointermove", (event) => {
      const place = event.buttons || event.pointerType === "touch" ? null : this.placeAt(event);
      this.stage.classList.toggle("linkmap-on-place", place !== null);
      this.point(place);
    });
    this.stage.addEventListener("pointerleave", () => this.point(null));
    this.stage.addEventListener("keydown", (event) => this.key(event));
    this.panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      this.select(null);
      this.stage.focus({ preventScroll: true }); // what had the focus is hidden now
    });
  }

  /** In a longer page one finger and the plain wheel go on scrolling the page. */
  heeds(event) {
    if (event.button) return false;
    if (!this.embedded) return true;
    if (event.type === "wheel") return event.ctrlKey || document.activeElement === this.stage;
    if (event.type.startsWith("touch")) return event.touches.length > 1;
    return true;
  }

  key(event) {
    const moves = { ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };
    const stage = d3.select(this.stage);
    if (moves[event.key]) stage.call(this.zoom.translateBy, ...moves[event.key].map((n) => n / this.transform.k));
    else if (event.key === "+" || event.key === "=") this.zoomBy(2);
    else if (event.key === "-") this.zoomBy(0.5);
    else if (event.key === "0") this.show(this.extent());
    else if (event.key === "Escape") this.select(null);
    else return;
    event.preventDefault();
  }

  // --- where the reader looks -------------------------------------------------------------------------------

  /** What holds every place, as [left, top, right, bottom] of the flat world; the whole world for the whole graph. */
  extent() {
    const spots = this.graph.places.filter((place) => place.links.length).map((place) => place.spot);
    if (!spots.length || spots.length > 4000) return [0, TOP, WIDTH, BOTTOM];
    const xs = d3.extent(spots, (spot) => spot[0]);
    const ys = d3.extent(spots, (spot) => spot[1]);
    return [xs[0], ys[0], xs[1], ys[1]];
  }

  show([left, top, right, bottom], smoothly = true) {
    const room = 0.86;
    const fit = Math.min(
      (this.width * room) / Math.max(1, right - left),
      (this.height * room) / Math.max(1, bottom - top),
    );
    const k = Math.max(this.smallest, Math.min(fit, CLOSEST_FIT));
    const target = d3.zoomIdentity
      .translate(this.width / 2, this.height / 2)
      .scale(k)
      .translate(-(left + right) / 2, -(top + bottom) / 2);
    this.moving(smoothly).call(this.zoom.transform, target);
  }

  zoomBy(factor) {
    this.moving(true).call(this.zoom.scaleBy, factor);
  }

  moving(smoothly) {
    const stage = d3.select(this.stage);
    return smoothly && !still.matches ? stage.transition().duration(350) : stage;
  }

  resize() {
    const { clientWidth, clientHeight } = this.stage;
    if (!clientWidth || (clientWidth === this.width && clientHeight === this.height)) return;
    this.width = clientWidth;
    this.height = clientHeight;
    this.smallest = Math.max(clientWidth / WIDTH, (clientHeight / WIDTH) * 0.8);
    this.zoom.scaleExtent([this.smallest, CLOSEST]).extent([
      [0, 0],
      [clientWidth, clientHeight],
    ]);
    d3.select(this.stage).call(this.zoom.transform, this.transform);
    this.paint();
  }

  placeAt(event) {
    const box = this.stage.getBoundingClientRect();
    const [x, y] = this.transform.invert([event.clientX - box.left, event.clientY - box.top]);
    return this.tree.find(x, y, REACH / this.transform.k) ?? null;
  }

  // --- one place --------------------------------------------------------------------------------------------

  /** Chooses a place and brings it into the middle. */
  visit(place) {
    const k = Math.max(this.transform.k, 3);
    const target = d3.zoomIdentity.translate(this.width / 2, this.height / 2).scale(k).translate(-place.spot[0], -place.spot[1]);
    this.moving(true).call(this.zoom.transform, target);
    this.select(place);
  }

  select(place) {
    this.selected = place;
    this.panel.hidden = place === null || place.id === this.figure.dataset.home;
    if (!this.panel.hidden) {
      const close = () => {
        this.select(null);
        this.stage.focus({ preventScroll: true });
      };
      this.panel.replaceChildren(...placeCard(this.graph, place, { ...this, close }));
    }
    this.overlay.setHighlight(place);
    this.listLegend();
    this.paint();
    this.schedule();
  }

  point(place) {
    if (this.selected || this.overlay.highlight === place) return;
    this.overlay.setHighlight(place);
    this.schedule();
  }

  listLegend() {
    const again = () => {
      this.listLegend();
      this.paint();
    };
    this.figure.querySelector("[data-map-legend]").replaceChildren(
      ...legend(this.graph, {
        words: this.words,
        colourBy: this.colourBy,
        hidden: this.hidden,
        recolour: (value) => {
          this.colourBy = value;
          this.hidden.clear();
          again();
        },
        toggle: (index) => {
          if (!this.hidden.delete(index)) this.hidden.add(index);
          again();
        },
      }),
    );
  }

  // --- painting ---------------------------------------------------------------------------------------------

  readStyle() {
    const style = getComputedStyle(this.figure);
    const colour = (name) => style.getPropertyValue(`--${name}`).trim();
    const series = (name, count) => Array.from({ length: count }, (_, index) => colour(`linkmap-${name}-${index}`));
    this.style = {
      sea: colour("sea"),
      land: colour("land"),
      coast: colour("coast"),
      place: colour("place"),
      ink: colour("ink"),
      halo: colour("land"),
      highlight: colour("linkmap-highlight"),
      font: style.fontFamily,
      kind: series("kind", this.graph.kinds.length),
      state: series("state", this.graph.states.length),
    };
    this.paint();
    this.schedule();
  }

  /** One drawing for each frame of the screen, however many events there were. */
  schedule() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.move();
    });
  }

  move() {
    const ratio = devicePixelRatio;
    const { k, x, y } = this.transform;
    this.overlay.draw({ k, x, y, width: this.width, height: this.height, ratio }, this.style);
    const painted = this.painted;
    if (!painted) return;
    const s = k / painted.k;
    this.picture.style.transform = `translate(${x - s * painted.x}px, ${y - s * painted.y}px) scale(${s})`;
    if (s !== 1 || this.leaves(painted)) this.paint();
    else if (x + painted.marginX !== painted.x || y + painted.marginY !== painted.y) this.paintSoon();
  }

  /** Whether the window reaches beyond the painted picture. */
  leaves(painted) {
    const [x, y] = [this.transform.x - painted.x, this.transform.y - painted.y];
    return x > 0 || y > 0 || x + painted.width < this.width || y + painted.height < this.height;
  }

  paintSoon() {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.paint(), 250);
  }

  paint() {
    if (!this.style || !this.width) return;
    clearTimeout(this.soon);
    this.stale = this.painting;
    if (this.painting) return;
    this.painting = true;
    const { k, x, y } = this.transform;
    const [marginX, marginY] = [Math.round(this.width * MARGIN), Math.round(this.height * MARGIN)];
    const view = {
      k,
      x: x + marginX,
      y: y + marginY,
      width: this.width + 2 * marginX,
      height: this.height + 2 * marginY,
      ratio: devicePixelRatio,
      marginX,
      marginY,
    };
    this.worker.postMessage({
      type: "paint",
      view,
      colours: this.style,
      colourBy: this.colourBy,
      faded: Boolean(this.selected),
      hidden: [...this.hidden],
    });
  }

  hear(message) {
    if (message.type === "ready") this.paint();
    if (message.type === "painted") this.put(message);
  }

  put({ bitmap, view }) {
    this.painting = false;
    this.painted = view;
    Object.assign(this.picture, { width: bitmap.width, height: bitmap.height });
    this.picture.style.width = `${view.width}px`;
    this.picture.style.height = `${view.height}px`;
    this.picture.getContext("bitmaprenderer").transferFromImageBitmap(bitmap);
    this.figure.dataset.painted = String(Number(this.figure.dataset.painted ?? 0) + 1);
    this.move();
    if (this.stale) this.paint();
  }
}
