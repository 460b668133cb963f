import { writeFileSync } from 'node:fs';
import { basemapLayers, layerText } from './basemap.ts';

const basemap = new URL('../../../public/basemap/', import.meta.url);

for (const [name, features] of Object.entries(basemapLayers())) {
  writeFileSync(new URL(`${name}.geojson`, basemap), layerText(features));
}
