import * as v from 'valibot';
import type { DrawnGrid, DrawnYard, Outline, Regridding, Succession, YardFacts } from '../core/drawn.ts';
import { call } from './call.ts';

const position = v.tuple([v.number(), v.number()]);
const rings = v.array(v.array(position));
const outline: v.GenericSchema<unknown, Outline> = v.variant('type', [
  v.object({ type: v.literal('Polygon'), coordinates: rings }),
  v.object({ type: v.literal('MultiPolygon'), coordinates: v.array(rings) }),
]);
const named = { id: v.number(), name: v.string() };

const yard: v.GenericSchema<unknown, DrawnYard> = v.pipe(
  v.object({
    ...named,
    address: v.string(),
    kind: v.string(),
    version: v.number(),
    grid_id: v.number(),
    grid: v.string(),
    grid_there: v.nullable(v.object(named)),
    area_m2: v.nullable(v.number()),
    outline: v.nullable(outline),
  }),
  v.transform(({ grid_id, grid_there, area_m2, ...rest }) => ({
    ...rest,
    gridId: grid_id,
    gridThere: grid_there,
    area: area_m2,
  })),
);

const succession: v.GenericSchema<unknown, Succession> = v.pipe(
  v.object({
    heir: v.number(),
    followed: v.object({ issues: v.number(), codes: v.number() }),
    courtyards: v.array(yard),
  }),
  v.transform(({ courtyards, ...rest }) => ({ ...rest, yards: courtyards })),
);

const grid: v.GenericSchema<unknown, DrawnGrid> = v.pipe(
  v.object({ ...named, version: v.number(), community_id: v.number(), boundary: v.nullable(outline) }),
  v.transform(({ community_id, ...rest }) => ({ ...rest, communityId: community_id })),
);

const regridding: v.GenericSchema<unknown, Regridding> = v.pipe(
  v.object({
    trimmed: v.array(v.object({ ...named, lost: v.number() })),
    moved: v.array(v.object({ ...named, from: v.string(), to: v.string() })),
    outside: v.array(v.object(named)),
    left_off: v.number(),
    written: v.boolean(),
  }),
  v.transform(({ left_off, ...rest }) => ({ ...rest, leftOff: left_off })),
);

/** A yard's outline in full precision. All here throw ApiError. */
export const readYard = (id: number): Promise<DrawnYard> =>
  call(yard, 'courtyard_shape', { courtyard_id: id });

export const addYard = (facts: YardFacts, drawn: Outline): Promise<DrawnYard> =>
  call(yard, 'add_courtyard', { ...facts, outline: drawn });

export const saveOutline = ({ id, version }: DrawnYard, drawn: Outline): Promise<DrawnYard> =>
  call(yard, 'save_courtyard_outline', { courtyard_id: id, outline: drawn, version });

export const splitYard = (
  { id, version }: DrawnYard,
  parts: readonly (YardFacts & { outline: Outline })[],
): Promise<Succession> => call(succession, 'split_courtyard', { courtyard_id: id, parts, version });

export const mergeYards = (yards: readonly DrawnYard[], facts: YardFacts): Promise<Succession> =>
  call(succession, 'merge_courtyards', {
    courtyards: yards.map(({ id }) => id),
    versions: yards.map(({ version }) => version),
    ...facts,
  });

/** Moves yards to a grid; gives how many moved. */
export const moveYards = async (yards: readonly DrawnYard[], gridId: number): Promise<number> => {
  const { moved } = await call(v.object({ moved: v.array(v.number()) }), 'move_courtyards', {
    courtyards: yards.map(({ id }) => id),
    versions: yards.map(({ version }) => version),
    grid_id: gridId,
  });
  return moved.length;
};

export const readGrid = (id: number): Promise<DrawnGrid> => call(grid, 'area_shape', { area_id: id });

/** Gives a grid its boundary; `dry` only says what that would do. */
export const saveBoundary = ({ id, version }: DrawnGrid, drawn: Outline, dry: boolean): Promise<Regridding> =>
  call(regridding, 'save_area_boundary', { area_id: id, boundary: drawn, version, dry_run: dry });
