import * as v from 'valibot';
import { baseKinds, tiandituLayers } from '../core/base-map.ts';
import type { BaseForm, BaseMap } from '../core/base-map.ts';
import { call } from './call.ts';

const maybe = v.nullable(v.string());
const baseMap: v.GenericSchema<unknown, BaseMap> = v.object({
  id: v.number(),
  name: v.string(),
  name_en: maybe,
  kind: v.picklist(baseKinds),
  url: maybe,
  layer: v.nullable(v.picklist(tiandituLayers)),
  key: maybe,
  hosts: v.array(v.string()),
  attribution: maybe,
  active: v.boolean(),
  version: v.number(),
  tiles: v.nullable(v.array(v.array(v.string()))),
});

/** The street's base maps besides the built-in one; the administrator sees those that are off, too. Throws ApiError. */
export const listBaseMaps = (): Promise<BaseMap[]> => call(v.array(baseMap), 'list_base_maps');

/** Saves a base map as it was at `version`; null adds it. Throws ApiError (base_shifted, base_malformed, stale_setting). */
export const saveBaseMap = (form: BaseForm, version: number | null): Promise<BaseMap> =>
  call(baseMap, 'save_base_map', { ...form, version });
