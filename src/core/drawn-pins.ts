/** What the map knows of its issues, a column each; NaN places are drawn nowhere. Due in epoch seconds, NaN for none. */
export type PinColumns = {
  id: Float64Array;
  lng: Float64Array;
  lat: Float64Array;
  /** Index into `issueStates`. */
  state: Uint8Array;
  /** Index into `urgencies`. */
  urgency: Uint8Array;
  due: Float64Array;
};

/** One pin as it is drawn: `mark` counts in `marks`, `urgency` in `urgencies`, `slot` is its seat at its place. */
export type DrawnPin = { id: number; lng: number; lat: number; mark: number; urgency: number; slot: number };
/** Several pins drawn as one. The key names it as long as it is there. */
export type DrawnCluster = {
  key: number;
  lng: number;
  lat: number;
  count: number;
  late: number;
  emergency: number;
};
export type Drawn = { pins: DrawnPin[]; clusters: DrawnCluster[] };
export type Box = readonly [west: number, south: number, east: number, north: number];
