import * as v from 'valibot';

/** A kind of resource or hazard. */
export type PlaceKind = {
  code: string;
  place: 'resource' | 'hazard';
  name: string;
  nameEn: string | null;
  /** The code of its drawing. */
  icon: string;
};

export type Resource = {
  id: number;
  courtyard: number;
  kind: string;
  name: string;
  state: string;
  lng: number;
  lat: number;
};

/** Level 3 is the worst. */
export type HazardLevel = 1 | 2 | 3;

export type Hazard = {
  id: number;
  courtyard: number;
  kind: string;
  level: HazardLevel;
  state: string;
  /** Epoch seconds. */
  dueAt: number | null;
  lng: number;
  lat: number;
};

export type MapPoints = {
  kinds: ReadonlyMap<string, PlaceKind>;
  resources: Resource[];
  hazards: Hazard[];
  /** How many people each courtyard looks after; null when this person may not see it. */
  care: ReadonlyMap<number, number> | null;
};

const numbers = v.array(v.number());
const strings = v.array(v.string());
const level = v.picklist([1, 2, 3]);

/** The answer of `map_points`, its columns turned into rows. */
export const mapPointsShape: v.GenericSchema<unknown, MapPoints> = v.pipe(
  v.object({
    kinds: v.array(
      v.pipe(
        v.object({
          code: v.string(),
          place: v.picklist(['resource', 'hazard']),
          name: v.string(),
          name_en: v.nullable(v.string()),
          icon: v.string(),
        }),
        v.transform(({ name_en, ...kind }): PlaceKind => ({ ...kind, nameEn: name_en })),
      ),
    ),
    resources: v.object({
      id: numbers,
      courtyard_id: numbers,
      kind: strings,
      name: strings,
      state: strings,
      lng: numbers,
      lat: numbers,
    }),
    hazards: v.object({
      id: numbers,
      courtyard_id: numbers,
      kind: strings,
      level: v.array(level),
      state: strings,
      due_at: v.array(v.nullable(v.number())),
      lng: numbers,
      lat: numbers,
    }),
    care: v.nullable(v.object({ courtyard_id: numbers, count: numbers })),
  }),
  v.transform(({ kinds, resources, hazards, care }): MapPoints => ({
    kinds: new Map(kinds.map((kind) => [kind.code, kind])),
    resources: resources.id.map((id, at) => ({
      id,
      courtyard: resources.courtyard_id[at] ?? NaN,
      kind: resources.kind[at] ?? '',
      name: resources.name[at] ?? '',
      state: resources.state[at] ?? '',
      lng: resources.lng[at] ?? NaN,
      lat: resources.lat[at] ?? NaN,
    })),
    hazards: hazards.id.map((id, at) => ({
      id,
      courtyard: hazards.courtyard_id[at] ?? NaN,
      kind: hazards.kind[at] ?? '',
      level: hazards.level[at] ?? 1,
      state: hazards.state[at] ?? '',
      dueAt: hazards.due_at[at] ?? null,
      lng: hazards.lng[at] ?? NaN,
      lat: hazards.lat[at] ?? NaN,
    })),
    care: care && new Map(care.courtyard_id.map((id, at) => [id, care.count[at] ?? 0])),
  })),
);
