import type { layersZh } from './layers.zh.ts';

export const layersEn: Record<keyof typeof layersZh, string> = {
  'tools.name': 'Map tools',
  'tools.open': 'Tools',
  'layers.title': 'Layers',
};
