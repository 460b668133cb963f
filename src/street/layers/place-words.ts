import type { Hazard, HazardLevel, PlaceKind, Resource } from '../../core/map-points.ts';
import { formatDay } from '../../core/format.ts';
import { language } from '../../ui/language.svelte.ts';
import { named } from './theme-words.ts';
import { t } from './words.ts';

const resourceStates = ['in_use', 'idle', 'offered', 'claimed', 'broken', 'gone'] as const;
const hazardStates = ['open', 'mending', 'mended', 'dismissed'] as const;

/** A resource's state in words; the code itself when the catalogue does not know it. */
export function resourceStateWord(state: string): string {
  const known = resourceStates.find((one) => one === state);
  return known ? t(`resource.state.${known}`) : state;
}

/** A hazard's state in words. */
export function hazardStateWord(state: string): string {
  const known = hazardStates.find((one) => one === state);
  return known ? t(`hazard.state.${known}`) : state;
}

export const levelWord = (level: HazardLevel): string => t(`hazard.level.${level}`);

export const kindNamed = (kinds: ReadonlyMap<string, PlaceKind>, code: string): string => {
  const kind = kinds.get(code);
  return kind ? named(kind) : code;
};

/** How a hazard stands, in one line. `now`: epoch ms. */
export function hazardLine({ level, state, dueAt }: Hazard, now: number): string {
  const due = dueAt === null ? null : dueAt * 1000;
  const when = due === null ? null : formatDay(new Date(due).toISOString(), language.now, now);
  const clock = when && t(due !== null && due < now ? 'hazard.late' : 'hazard.due', { day: when });
  return [levelWord(level), hazardStateWord(state), clock].filter(Boolean).join(' · ');
}

/** A resource in one line. */
export const resourceLine = ({ state }: Resource, kind: string): string =>
  `${kind} · ${resourceStateWord(state)}`;
