/** Metres of one degree of latitude on a sphere of the earth's mean radius. */
const METRES = (6_371_008.8 * Math.PI) / 180;

export type Position = readonly [lng: number, lat: number];

/** A street is small enough to be flat: degrees to metres east and north of a point, and back. */
export class Plane {
  readonly #origin: Position;
  readonly #east: number;

  constructor(origin: Position) {
    this.#origin = origin;
    this.#east = METRES * Math.cos((origin[1] * Math.PI) / 180);
  }
  x(lng: number): number {
    return (lng - this.#origin[0]) * this.#east;
  }
  y(lat: number): number {
    return (lat - this.#origin[1]) * METRES;
  }
  position(x: number, y: number): [lng: number, lat: number] {
    return [this.#origin[0] + x / this.#east, this.#origin[1] + y / METRES];
  }
}
