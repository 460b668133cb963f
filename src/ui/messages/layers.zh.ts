/** The map's tools, and what can be laid on it. */
export const layersZh = {
  'tools.name': '地图工具',
  'tools.open': '工具',
  'layers.title': '图层',
} as const;
