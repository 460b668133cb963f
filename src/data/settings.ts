import * as v from 'valibot';
import type { CalendarDay, OfficeSpan } from '../core/office-calendar.ts';
import type {
  Category,
  DutyEntry,
  HistoryCheck,
  KeptCalendar,
  SettingChange,
  UrgencyClock,
} from '../core/setting.ts';
import { dutyLists, levels, urgencies } from '../core/setting.ts';
import { ask } from './ask.ts';
import { call } from './call.ts';
import { rest } from './client.ts';

const clock = v.picklist(['working', 'wall']);
const maybe = v.nullable(v.string());
const moment = v.pipe(
  v.string(),
  v.transform((said) => said.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')),
);

const category: v.GenericSchema<unknown, Category> = v.object({
  code: v.string(),
  name: v.string(),
  name_en: v.string(),
  class: v.string(),
  keywords: v.array(v.string()),
  level: v.picklist(levels),
  department_id: v.nullable(v.number()),
  duty: maybe,
  urgency: v.picklist(urgencies),
  clock,
  accept_minutes: v.number(),
  dispatch_minutes: v.number(),
  handle_minutes: v.number(),
  sort: v.number(),
  active: v.boolean(),
  version: v.number(),
});

const duty: v.GenericSchema<unknown, DutyEntry> = v.object({
  code: v.string(),
  list: v.picklist(dutyLists),
  title: v.string(),
  title_en: v.string(),
  instead: maybe,
  active: v.boolean(),
  version: v.number(),
});

const urgencyClock: v.GenericSchema<unknown, UrgencyClock> = v.object({
  urgency: v.picklist(urgencies),
  clock,
  accept_minutes: v.number(),
  dispatch_minutes: v.number(),
  handle_minutes: v.number(),
  verify_minutes: v.number(),
  version: v.number(),
});

/** A time of day as Postgres writes it, without its seconds. */
const hour = v.pipe(
  v.string(),
  v.transform((said) => said.slice(0, 5)),
);
const spans: v.GenericSchema<unknown, OfficeSpan[]> = v.array(
  v.object({ weekday: v.number(), opens: hour, closes: hour }),
);
const days: v.GenericSchema<unknown, CalendarDay[]> = v.array(
  v.object({ day: v.string(), working: v.boolean(), name: maybe }),
);

/** What a saved calendar or week did: running clocks that were counted anew, and its version from now on. */
const kept: v.GenericSchema<unknown, KeptCalendar> = v.object({ recounted: v.number(), version: v.number() });

const changes: v.GenericSchema<unknown, SettingChange[]> = v.array(
  v.object({
    id: v.number(),
    at: moment,
    by: maybe,
    what: v.string(),
    key: maybe,
    before: v.unknown(),
    after: v.unknown(),
  }),
);

const check: v.GenericSchema<unknown, HistoryCheck | null> = v.nullable(
  v.object({ at: moment, altered: v.array(v.number()) }),
);

/** All categories, those no longer offered too. Throws ApiError. */
export const listCategories = (): Promise<Category[]> =>
  ask(v.array(category), rest.from('categories').select('*').order('sort').order('code'));

/** Saves a category; `version` null adds it. Gives it as saved. Throws ApiError (stale_setting, community_never …). */
export const saveCategory = (row: Category, version: number | null): Promise<Category> =>
  call(category, 'save_category', { ...row, version });

/** All entries of the duty lists. Throws ApiError. */
export const listDutyEntries = (): Promise<DutyEntry[]> =>
  ask(v.array(duty), rest.from('duties').select('*').order('list').order('code'));

/** Saves an entry; `version` null adds it. Throws ApiError. */
export const saveDuty = (row: DutyEntry, version: number | null): Promise<DutyEntry> =>
  call(duty, 'save_duty', { ...row, version });

/** How long steps take at each urgency. Throws ApiError. */
export const listUrgencyClocks = (): Promise<UrgencyClock[]> =>
  ask(v.array(urgencyClock), rest.from('urgency_clocks').select('*'));

/** Saves one. Throws ApiError. */
export const saveUrgencyClock = (row: UrgencyClock): Promise<UrgencyClock> =>
  call(urgencyClock, 'save_urgency_clock', { ...row });

/** The office's week. Throws ApiError. */
export const listHours = (): Promise<OfficeSpan[]> =>
  ask(spans, rest.from('working_hours').select('weekday,opens,closes').order('weekday').order('opens'));

/** Saves the whole week as it was at `version`. Throws ApiError (stale_setting, calendar_malformed). */
export const saveHours = (hours: readonly OfficeSpan[], version: number): Promise<KeptCalendar> =>
  call(kept, 'save_working_hours', { hours, version });

/** All days that differ from the week. Throws ApiError. */
export const listCalendar = (): Promise<CalendarDay[]> =>
  ask(days, rest.from('calendar_days').select('day,working,name').order('day'));

/** Puts `of` in the place of what a year had at `version`. Throws ApiError (stale_setting, calendar_malformed). */
export const saveYear = (year: number, of: readonly CalendarDay[], version: number): Promise<KeptCalendar> =>
  call(kept, 'save_calendar_year', { year, days: of, version });

/** The newest changes of the settings, of one kind or of all. For the administrator and leaders. Throws ApiError. */
export const settingsHistory = (what: string | null, most: number): Promise<SettingChange[]> =>
  call(changes, 'settings_history', { what, most });

/** The last comparison of the issues with their history; null before the first. For leaders and the administrator. */
export const historyCheck = (): Promise<HistoryCheck | null> => call(check, 'history_check');
