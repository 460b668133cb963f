import { writeFileSync } from 'node:fs';
import { basemapLayers, layerText } from './basemap.ts';
import { makeStreet } from './courtyards.ts';
import { areasSql, courtyardsSql } from './sql.ts';

const basemap = new URL('../../../public/basemap/', import.meta.url);
const seeds = new URL('../', import.meta.url);

for (const [name, features] of Object.entries(basemapLayers())) {
  writeFileSync(new URL(`${name}.geojson`, basemap), layerText(features));
}
const { grids, courtyards } = makeStreet();
writeFileSync(new URL('20_demo_areas.sql', seeds), areasSql(grids));
writeFileSync(new URL('30_demo_courtyards.sql', seeds), courtyardsSql(courtyards));
