import type { Feature } from 'geojson';
import type { ExpressionSpecification, SymbolLayerSpecification } from 'maplibre-gl';
import type { DrawnCluster, DrawnPin } from '../core/drawn-pins.ts';
import { clusterRadii, clusterSize, lateShare } from './cluster-icons.ts';
import type { Layer } from './layers.ts';
import type { Palette } from './palette.ts';
import { clusterImage, pinImage } from './pin-icons.ts';
import { pinScaleExpression, slotOffsetExpression } from './pin-scale.ts';
import { fonts } from './style.ts';

/** Feature ids: a pin's is its issue's, a cluster's is above any issue's; below zero tiles can not say. */
const clusterIds = 2 ** 44;
export const clusterId = (key: number): number => clusterIds + key;
export const keyOfCluster = (id: number): number => id - clusterIds;

const pinLayout: SymbolLayerSpecification['layout'] = {
  'icon-image': ['get', 'image'],
  'icon-size': pinScaleExpression,
  'icon-offset': slotOffsetExpression,
  'icon-allow-overlap': true,
  'icon-ignore-placement': true,
};

const rank = { 'symbol-sort-key': ['get', 'rank'] as ExpressionSpecification };
const isCluster: ExpressionSpecification = ['has', 'count'];

/** Half the width of a cluster by its size, as offset of its badge. */
const badgeOffset: ExpressionSpecification = [
  'array',
  'number',
  2,
  [
    'at',
    ['get', 'size'],
    ['literal', clusterRadii.map((radius) => [(radius * 0.75) / 11, -(radius * 0.8) / 11])],
  ],
];

export const issueLayers = (palette: Palette): Layer[] => [
  {
    id: 'issue-cluster',
    type: 'symbol',
    source: 'issues',
    filter: isCluster,
    layout: {
      'icon-image': ['get', 'image'],
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
      'text-field': ['get', 'count'],
      'text-font': fonts,
      'text-size': ['match', ['get', 'size'], 0, 12, 1, 13, 2, 14, 15],
      'text-allow-overlap': true,
      'text-ignore-placement': true,
      ...rank,
    },
    paint: { 'text-color': palette.pinInk },
  },
  {
    id: 'issue-cluster-late',
    type: 'symbol',
    source: 'issues',
    filter: ['has', 'late'],
    layout: {
      'text-field': ['get', 'late'],
      'text-font': fonts,
      'text-size': 11,
      'text-offset': badgeOffset,
      'text-allow-overlap': true,
      'text-ignore-placement': true,
      ...rank,
    },
    paint: { 'text-color': palette.pin.door, 'text-halo-color': palette.surface, 'text-halo-width': 2.5 },
  },
  {
    id: 'issue-pin',
    type: 'symbol',
    source: 'issues',
    filter: ['!', isCluster],
    layout: { ...pinLayout, ...rank },
  },
  { id: 'issue-selected', type: 'symbol', source: 'issue-selected', layout: pinLayout },
];

export function pinFeature(
  { id, lng, lat, mark, urgency, slot }: DrawnPin,
  image = pinImage(mark, urgency),
): Feature {
  return {
    type: 'Feature',
    id,
    properties: { image, slot, rank: mark + 10 * urgency },
    geometry: { type: 'Point', coordinates: [lng, lat] },
  };
}

/** A number of at most four characters. */
const short = (count: number): string =>
  count < 10_000 ? String(count) : `${(count / 1000).toFixed(count < 100_000 ? 1 : 0)}k`;

export function clusterFeature({ key, lng, lat, count, late }: DrawnCluster): Feature {
  const size = clusterSize(count);
  return {
    type: 'Feature',
    id: clusterId(key),
    properties: {
      image: clusterImage(size, lateShare(late, count)),
      count: short(count),
      size,
      rank: late > 0 ? 1 : 0,
      ...(late > 0 && { late: `!${short(late)}` }),
    },
    geometry: { type: 'Point', coordinates: [lng, lat] },
  };
}
