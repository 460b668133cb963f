import type { MarkLook } from '../core/issue-state.ts';

export type Theme = 'light' | 'dark';

/** The colours of everything on the map: the page in the background, and what speaks on it. */
export type Palette = {
  ground: string;
  veil: string;
  landuse: string;
  water: string;
  green: string;
  building: string;
  buildingEdge: string;
  lane: string;
  road: string;
  roadEdge: string;
  rail: string;
  label: string;
  waterLabel: string;
  halo: string;
  courtyard: string;
  courtyardEdge: string;
  courtyardName: string;
  boundary: string;
  boundaryName: string;
  accent: string;
  surface: string;
  /** People who are looked after, as counts. */
  care: string;
  /** Figures on what stands on the map. */
  pinInk: string;
  pin: Record<MarkLook['colour'], string>;
};

export const palettes: Record<Theme, Palette> = {
  light: {
    ground: '#f7f6f3',
    veil: '#f7f6f3',
    landuse: '#f2f0eb',
    water: '#dde7ea',
    green: '#e9eee2',
    building: '#eeebe4',
    buildingEdge: '#e4e0d7',
    lane: '#ffffff',
    road: '#ffffff',
    roadEdge: '#e3dfd6',
    rail: '#dedad1',
    label: '#8f8a80',
    waterLabel: '#86a0ab',
    halo: '#f7f6f3',
    courtyard: '#8a7f6b',
    courtyardEdge: '#c4bba9',
    courtyardName: '#4d4a44',
    boundary: '#8f8879',
    boundaryName: '#8a8478',
    accent: '#34558b',
    surface: '#ffffff',
    care: '#7b4fa3',
    pinInk: '#1d2023',
    pin: { indigo: '#34558b', door: '#b5332a', amber: '#b7791f', jade: '#2f7a5f', stone: '#8a8f94' },
  },
  dark: {
    ground: '#16181b',
    veil: '#121416',
    landuse: '#191b1f',
    water: '#14212a',
    green: '#18211c',
    building: '#1d2024',
    buildingEdge: '#25292e',
    lane: '#24282d',
    road: '#2a2f35',
    roadEdge: '#1a1d20',
    rail: '#23272b',
    label: '#6f757b',
    waterLabel: '#4d6674',
    halo: '#16181b',
    courtyard: '#b9ad96',
    courtyardEdge: '#474a49',
    courtyardName: '#c9c5bb',
    boundary: '#6d6a62',
    boundaryName: '#7b7a74',
    accent: '#86a8e0',
    surface: '#1f2226',
    care: '#b99ae6',
    pinInk: '#eceae4',
    pin: { indigo: '#86a8e0', door: '#e2665a', amber: '#e0a94a', jade: '#6dbb9b', stone: '#767b81' },
  },
};
