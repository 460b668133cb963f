import type { Position } from './shape/plane.ts';

/** Outlines in the database's own words. */
export type Outline =
  { type: 'MultiPolygon'; coordinates: Position[][][] } | { type: 'Polygon'; coordinates: Position[][] };

/** A courtyard as it is drawn on: its outline in full and the version one decides on. */
export type DrawnYard = {
  id: number;
  name: string;
  address: string;
  kind: string;
  version: number;
  gridId: number;
  grid: string;
  /** Another grid its middle lies in. */
  gridThere: { id: number; name: string } | null;
  area: number | null;
  outline: Outline | null;
};

/** What one says of a new yard. */
export type YardFacts = { name: string; address: string; kind: string };

/** What became of yards that were split or merged. */
export type Succession = { yards: DrawnYard[]; heir: number; followed: { issues: number; codes: number } };

export type DrawnGrid = {
  id: number;
  name: string;
  version: number;
  communityId: number;
  boundary: Outline | null;
};

type Named = { id: number; name: string };

/** What a new boundary of a grid does, or would do. Areas in m². */
export type Regridding = {
  trimmed: (Named & { lost: number })[];
  moved: (Named & { from: string; to: string })[];
  outside: Named[];
  leftOff: number;
  written: boolean;
};

/** The polygons of an outline, each an outer ring and its holes. */
export const polygonsOf = (outline: Outline | null): Position[][][] =>
  outline === null ? [] : outline.type === 'Polygon' ? [outline.coordinates] : outline.coordinates;
