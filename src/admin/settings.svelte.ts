import { createContext } from 'svelte';
import { ApiError } from '../core/api-error.ts';
import type { Department } from '../core/issue.ts';
import { yearOf, type CalendarDay, type OfficeSpan } from '../core/office-calendar.ts';
import type { Category, DutyEntry, UrgencyClock } from '../core/setting.ts';
import { urgencies } from '../core/setting.ts';
import { listDepartments } from '../data/departments.ts';
import { listCommunities } from '../data/hooks.ts';
import {
  listCalendar,
  listCategories,
  listDutyEntries,
  listHours,
  listUrgencyClocks,
  saveCategory,
  saveDuty,
  saveHours,
  saveUrgencyClock,
  saveYear,
  settingsHistory,
} from '../data/settings.ts';
import type { Keeping } from './draft.svelte.ts';
import type { Place } from './place.svelte.ts';

interface Office {
  id: number;
  name: string;
  name_en: string | null;
}

const replaced = <T>(rows: readonly T[], row: T, key: (row: T) => string): T[] =>
  rows.some((old) => key(old) === key(row))
    ? rows.map((old) => (key(old) === key(row) ? row : old))
    : [...rows, row];

/** All that is set here, as last read or saved. */
export class Settings {
  #ready = $state(false);
  #error = $state.raw<ApiError | null>(null);
  #categories = $state.raw<Category[]>([]);
  #duties = $state.raw<DutyEntry[]>([]);
  #clocks = $state.raw<UrgencyClock[]>([]);
  #hours = $state.raw<OfficeSpan[]>([]);
  #days = $state.raw<CalendarDay[]>([]);
  /** The newest entry of the record seen of the week (`week`) and of each year. */
  #seen: Record<string, number> = {};
  #departments = $state.raw<Department[]>([]);
  #communities = $state.raw<Office[]>([]);

  get ready(): boolean {
    return this.#ready;
  }
  /** Why nothing is here. */
  get error(): ApiError | null {
    return this.#error;
  }
  get categories(): readonly Category[] {
    return this.#categories;
  }
  get duties(): readonly DutyEntry[] {
    return this.#duties;
  }
  /** From ordinary to emergency. */
  get clocks(): readonly UrgencyClock[] {
    return this.#clocks;
  }
  get hours(): readonly OfficeSpan[] {
    return this.#hours;
  }
  get days(): readonly CalendarDay[] {
    return this.#days;
  }
  get departments(): readonly Department[] {
    return this.#departments;
  }
  get communities(): readonly Office[] {
    return this.#communities;
  }

  /** Reads everything; an error stands until it is tried again. */
  async load(): Promise<void> {
    this.#error = null;
    try {
      [this.#categories, this.#duties, this.#clocks, this.#departments, this.#communities] =
        await Promise.all([
          listCategories(),
          listDutyEntries(),
          this.#sortedClocks(),
          listDepartments(),
          listCommunities(),
          this.#readCalendar(),
        ]);
      this.#ready = true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#error = error;
    }
  }

  readonly category: Keeping<Category> = {
    save: async (row, version) => {
      const saved = await saveCategory(row, version);
      this.#categories = replaced(this.#categories, saved, ({ code }) => code).sort(
        (a, b) => a.sort - b.sort || a.code.localeCompare(b.code),
      );
      return saved;
    },
    reread: async ({ code }) => {
      this.#categories = await listCategories();
      return this.#categories.find((row) => row.code === code) ?? null;
    },
  };

  readonly duty: Keeping<DutyEntry> = {
    save: async (row, version) => {
      const saved = await saveDuty(row, version);
      this.#duties = replaced(this.#duties, saved, ({ code }) => code);
      return saved;
    },
    reread: async ({ code }) => {
      this.#duties = await listDutyEntries();
      return this.#duties.find((row) => row.code === code) ?? null;
    },
  };

  readonly clock: Keeping<UrgencyClock> = {
    save: async (row, version) => {
      const saved = await saveUrgencyClock({ ...row, version: version ?? row.version });
      this.#clocks = replaced(this.#clocks, saved, ({ urgency }) => urgency);
      return saved;
    },
    reread: async ({ urgency }) => {
      this.#clocks = await this.#sortedClocks();
      return this.#clocks.find((row) => row.urgency === urgency) ?? null;
    },
  };

  /** Saves the week; gives how many running clocks were counted anew. Throws ApiError, after reading what others changed. */
  async keepHours(hours: readonly OfficeSpan[]): Promise<number> {
    try {
      const { recounted, version } = await saveHours(hours, this.#seen['week'] ?? 0);
      this.#seen['week'] = version;
      this.#hours = [...hours];
      return recounted;
    } catch (error) {
      if (error instanceof ApiError && error.code === 'stale_setting') await this.#readCalendar();
      throw error;
    }
  }

  /** Saves a year's days; gives how many running clocks were counted anew. Throws ApiError, after reading what others changed. */
  async keepYear(year: number, days: readonly CalendarDay[]): Promise<number> {
    try {
      const { recounted, version } = await saveYear(year, days, this.#seen[year] ?? 0);
      this.#seen[year] = version;
      this.#days = [...this.#days.filter(({ day }) => yearOf(day) !== year), ...days];
      return recounted;
    } catch (error) {
      if (error instanceof ApiError && error.code === 'stale_setting') await this.#readCalendar();
      throw error;
    }
  }

  async #readCalendar(): Promise<void> {
    const [hours, days, changes] = await Promise.all([
      listHours(),
      listCalendar(),
      Promise.all([settingsHistory('hours', 1), settingsHistory('calendar', 1000)]),
    ]);
    this.#hours = hours;
    this.#days = days;
    // The newest entry of each comes first.
    for (const { key, id } of changes.flat().reverse()) if (key !== null) this.#seen[key] = id;
  }

  async #sortedClocks(): Promise<UrgencyClock[]> {
    const clocks = await listUrgencyClocks();
    return clocks.sort((a, b) => urgencies.indexOf(a.urgency) - urgencies.indexOf(b.urgency));
  }
}

/** What the pages share: the settings, where one is, and a word on what was done. */
interface Shared {
  settings: Settings;
  /** The street's name. */
  street: string;
  place: Place;
  /** Says a sentence at the foot of the page for a few seconds. */
  say: (sentence: string) => void;
}
export const [shared, share] = createContext<Shared>();
