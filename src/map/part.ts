import type { Map as MapLibreMap, Point } from 'maplibre-gl';
import type { Palette, Theme } from './palette.ts';
import type { Pick } from './pick.ts';
import type { Language } from './style.ts';

/** How the map looks now. */
export type Look = { theme: Theme; palette: Palette; language: Language };

/** A finger covers more than a mouse. */
export type Pointer = 'mouse' | 'touch';

/** What of the issues lies under a press: one of them, or a cluster with its place and how many are in it. */
export type Under = { issue: number } | { group: { at: [lng: number, lat: number]; count: number } };

/** What else is on the map, for a part that has to know. */
export interface Others {
  under(point: Point): Under | null;
  /** Draws what the map's style does not carry on another map. */
  copyTo(map: MapLibreMap, ratio: number): void;
}

/** One concept on the map: its sources and layers, and what of it one can point at. Attached with `LiveMap.attach`. */
export interface MapPart {
  /** Adds sources and layers; called again after another base map was chosen, when all of them are gone. */
  add(map: MapLibreMap, look: Look, others: Others): void;
  /** Another theme or language. */
  restyle(look: Look): void;
  /** What of this part lies under the pointer; null for nothing. Parts attached later are asked first. */
  pick?(point: Point, pointer: Pointer): Pick | null;
  /** A click or Enter on something that is no pick (a cluster): true when this part took care of it. Asked before `pick`. */
  press?(point: Point, pointer: Pointer): boolean;
  /** Where a hint about this pick belongs, in CSS pixels of the map; null when the pick is not this part's or has no place. */
  anchor?(pick: Pick): { x: number; y: number } | null;
  /** Which issue or cluster of it lies there, whatever part has the map to itself. */
  under?(point: Point): Under | null;
  /** Draws on another map, for paper, what a style does not carry; `ratio` pixels to a CSS pixel. */
  copyTo?(map: MapLibreMap, ratio: number): void;
  /** While attached, clicks and hovers belong to this part alone (drawing, measuring). */
  readonly modal?: boolean;
  /** Takes its sources and layers off again; they may be gone already. */
  remove(): void;
}
