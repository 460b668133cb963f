import type { Courtyard, MapArea } from '../core/map-snapshot.ts';
import { LiveMap, type Theme } from './live-map.ts';
import type { Language } from './style.ts';
import { YardTones, type Tone } from './yard-tones.ts';

export type { Tone } from './yard-tones.ts';

export interface YardMapOptions {
  /** West, south, east, north; left out: around the yards. */
  bounds: [number, number, number, number] | null;
  theme: Theme;
  language: Language;
  areas: readonly MapArea[];
  yards: readonly Courtyard[];
  onchoose(yard: number | null): void;
  onhover(yard: { id: number; x: number; y: number } | null): void;
}

function around(yards: readonly Courtyard[]): [number, number, number, number] {
  const [lngs, lats] = [yards.map(({ point }) => point[0]), yards.map(({ point }) => point[1])];
  const air = 0.0008;
  return [Math.min(...lngs) - air, Math.min(...lats) - air, Math.max(...lngs) + air, Math.max(...lats) + air];
}

/** A map of courtyards in colours, beside a list that says the same in words. */
export class YardMap {
  #map: LiveMap;
  #tones = new YardTones();
  #yards: readonly Courtyard[];

  /** Rejects when the browser has no WebGL 2. */
  static async open(element: HTMLElement, options: YardMapOptions): Promise<YardMap> {
    const map = await LiveMap.open(element, {
      bounds: options.bounds ?? around(options.yards),
      theme: options.theme,
      language: options.language,
      // No issues are drawn here.
      nameOf: () => '',
      onpick: (pick) => options.onchoose(pick?.kind === 'courtyard' ? pick.id : null),
      onhover: (hover) =>
        options.onhover(
          hover?.pick.kind === 'courtyard' ? { id: hover.pick.id, x: hover.x, y: hover.y } : null,
        ),
    });
    return new YardMap(map, options);
  }

  private constructor(map: LiveMap, { areas, yards }: YardMapOptions) {
    this.#map = map;
    this.#yards = yards;
    map.setAreas(areas);
    map.setCourtyards(yards);
    map.attach(this.#tones);
  }

  show(tones: ReadonlyMap<number, Tone>): void {
    this.#tones.show(this.#yards, tones);
  }

  choose(yard: number | null): void {
    this.#tones.choose(yard);
    const found = this.#yards.find(({ id }) => id === yard);
    if (found) this.#map.reveal(found.point, 15.5);
  }

  /** Takes another map along wherever this one goes; gives the function that ends it. */
  lead(other: YardMap): () => void {
    return this.#map.onmove(() => {
      const [here, there] = [this.#map.view(), other.#map.view()];
      const same =
        Math.abs(here.zoom - there.zoom) < 1e-6 &&
        here.centre.every((n, at) => Math.abs(n - (there.centre[at] ?? NaN)) < 1e-9);
      if (!same) other.#map.go(here);
    }, 'move');
  }

  setTheme(theme: Theme): void {
    this.#map.setTheme(theme);
  }
  setLanguage(language: Language): void {
    this.#map.setLanguage(language);
  }
  destroy(): void {
    this.#map.destroy();
  }
}
