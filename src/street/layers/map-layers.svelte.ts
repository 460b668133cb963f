import type { ApiError } from '../../core/api-error.ts';
import type { BaseMap } from '../../core/base-map.ts';
import type { CourtyardFacts } from '../../core/courtyard-facts.ts';
import type { MapPoints } from '../../core/map-points.ts';
import { themeOf } from '../../core/theme/courtyard-theme.ts';
import type { ThemeId } from '../../core/theme/courtyard-theme.ts';
import { listBaseMaps } from '../../data/base-maps.ts';
import { readFacts, readPoints } from '../../data/map-facts.ts';
import type { LiveIssues } from '../live-issues.svelte.ts';
import type { Office } from '../office.ts';
import type { Place } from '../place.svelte.ts';
import { Reading } from './reading.svelte.ts';
import { switchesIn, switchesParam, turned } from './switches.ts';
import type { SwitchId } from './switches.ts';

/** What lies on the map: chosen in the address, drawn from what the archive says, which is read when it is first needed. */
export class MapLayers {
  readonly #place: Place;
  readonly #facts: Reading<CourtyardFacts>;
  readonly #points: Reading<MapPoints>;
  readonly #bases = new Reading(listBaseMaps);

  constructor(topic: string, place: Place) {
    this.#place = place;
    this.#facts = new Reading(() => readFacts(topic));
    this.#points = new Reading(() => readPoints(topic));
  }

  get theme(): ThemeId | null {
    return themeOf(this.#place.param('theme'));
  }
  set theme(theme: ThemeId | null) {
    this.#place.setParam('theme', theme);
  }
  get on(): ReadonlySet<SwitchId> {
    return switchesIn(this.#place.param('layers'));
  }
  turn(id: SwitchId, on: boolean): void {
    this.#place.setParam('layers', switchesParam(turned(this.on, id, on)));
  }

  /** What the archives say of the courtyards; null before it was read. */
  get facts(): CourtyardFacts | null {
    return this.#facts.value;
  }
  get points(): MapPoints | null {
    return this.#points.value;
  }
  /** Why something could not be read; what was read before stays. */
  get error(): ApiError | null {
    return this.#facts.error ?? this.#points.error;
  }

  /** The base maps there are besides the built-in one; null before they were read. */
  get bases(): readonly BaseMap[] | null {
    return this.#bases.value;
  }
  /** The id of the base map in the address; null for the built-in one. */
  get base(): string | null {
    return this.#place.param('base');
  }
  set base(id: string | null) {
    this.#place.setParam('base', id);
  }

  needBases = (): Promise<void> => this.#bases.need();
  needFacts = (): Promise<void> => this.#facts.need();
  needPoints = (): Promise<void> => this.#points.need();

  /** The archives have changed: reads again what was read before. */
  async renew(): Promise<void> {
    await Promise.all([this.#facts.renew(), this.#points.renew()]);
  }
}

const made = new WeakMap<LiveIssues, MapLayers>();

/** The layers of a screen's map: the same for all who ask. */
export function layersOf(issues: LiveIssues, office: Office, place: Place): MapLayers {
  const layers = made.get(issues) ?? new MapLayers(office.topic, place);
  made.set(issues, layers);
  return layers;
}
