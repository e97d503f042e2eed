// One flat picture of the world, WIDTH pixels wide. It is projected once; to pan and zoom is then only to shift and to
// scale. Mercator, because it keeps the shape of a country at every zoom.
/* global d3 */
import "../d3/d3.min.js";

export const WIDTH = 4096;
// what the whole map shows: 60° south to 78° north
export const TOP = 0.14 * WIDTH;
export const BOTTOM = 0.72 * WIDTH;

/** Cut at 169° west, in the Bering Strait, where the edge divides no country. */
export function worldProjection() {
  return d3
    .geoMercator()
    .rotate([-11, 0])
    .scale(WIDTH / (2 * Math.PI))
    .translate([WIDTH / 2, WIDTH / 2])
    .precision(0.15);
}

/**
 * Great circles as flat polylines: `xy` holds pairs; line i has the points start[i] to start[i + 1]; a point whose
 * `pen` is 1 begins a new piece, where the line was cut at the edge of the map.
 * `ends`: for each line two pairs of [longitude, latitude] in degrees.
 */
export function greatCircles(ends) {
  const line = new Polyline(ends.length * 10);
  const start = new Uint32Array(ends.length + 1);
  const path = d3.geoPath(worldProjection(), line);
  ends.forEach((coordinates, index) => {
    path({ type: "LineString", coordinates });
    start[index + 1] = line.count;
  });
  return { xy: line.xy.slice(0, line.count * 2), pen: line.pen.slice(0, line.count), start };
}

/** What d3.geoPath draws on; keeps the points instead. */
class Polyline {
  constructor(room) {
    this.xy = new Float32Array(room * 2);
    this.pen = new Uint8Array(room);
    this.count = 0;
  }

  moveTo(x, y) {
    this.put(x, y, 1);
  }

  lineTo(x, y) {
    this.put(x, y, 0);
  }

  beginPath() {}

  closePath() {}

  arc() {}

  put(x, y, pen) {
    if (this.count === this.pen.length) {
      this.xy = grown(this.xy, Float32Array);
      this.pen = grown(this.pen, Uint8Array);
    }
    this.xy[this.count * 2] = x;
    this.xy[this.count * 2 + 1] = y;
    this.pen[this.count] = pen;
    this.count += 1;
  }
}

function grown(array, Type) {
  const larger = new Type(Math.max(64, array.length * 2));
  larger.set(array);
  return larger;
}
