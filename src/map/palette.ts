import type { PinKind } from '../core/pin-kind.ts';

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
  pin: Record<PinKind, string>;
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
    pin: {
      late: '#b5332a',
      submitted: '#b5332a',
      handling: '#34558b',
      resolved: '#2f7a5f',
      ended: '#8a8f94',
    },
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
    pin: {
      late: '#e2665a',
      submitted: '#e2665a',
      handling: '#86a8e0',
      resolved: '#6dbb9b',
      ended: '#767b81',
    },
  },
};
