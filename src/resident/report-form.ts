import { ApiError } from '../core/api-error.ts';
import type { Kept, ReportBody } from '../core/outbox.ts';
import { suggestCategory } from '../core/suggest-category.ts';
import type { Category } from '../core/suggest-category.ts';
import { newTrackingKey } from '../core/tracking-key.ts';
import type { Opened } from '../data/resident.ts';
import { readDraft, writeDraft } from './memory.ts';
import type { Draft } from './memory.ts';
import type { Alike } from './alike.ts';
import { kit } from './kit.ts';
import { PhotoTray } from './photo-tray.ts';
import { t } from './report-words.ts';
import type { Voice } from './voice.ts';
import { currentTongue } from './words.ts';

/** The fields one types into, in the order of the page. */
export const typedFields = ['what', 'place', 'name', 'address', 'phone', 'helper'] as const;
export type TypedField = (typeof typedFields)[number];
const required: readonly TypedField[] = ['what', 'name', 'address'];

/** What is wrong with a field: nothing in it, or too much. */
export type FieldFault = 'need' | 'long';

const emptyDraft = (): Draft => ({
  key: newTrackingKey(),
  what: '',
  place: '',
  name: '',
  address: '',
  phone: '',
  helper: null,
  joins: null,
  category: null,
  point: null,
});

/** A report being written. Every keystroke is kept on the phone; submitting is the app's part. */
export class ReportForm {
  readonly code: string;
  opened: Opened;
  readonly tray: PhotoTray;
  draft: Draft;
  faults: Partial<Record<TypedField, FieldFault>> = {};
  /** Why the server refused what was sent, when no field can be named. */
  refusal: ApiError | null = null;
  /** The key of a report that had already arrived when this one was sent again with other words. */
  earlierKey: string | null = null;
  sending = false;
  private looking = 0;
  allKinds = false;
  map: 'closed' | 'loading' | 'open' | 'failed' = 'closed';
  readonly restored: boolean;

  constructor(code: string, opened: Opened, changed: () => void) {
    this.code = code;
    this.opened = opened;
    const kept = readDraft(code);
    this.draft = kept?.key ? kept : { ...emptyDraft(), place: opened.courtyard.place ?? '' };
    this.tray = new PhotoTray(() => this.draft.key, opened.limits.photos, changed);
    this.restored = kept !== null;
    if (kept) void this.tray.restore();
  }

  /** Speaking instead of typing, where the phone itself can understand it. */
  voice: Voice | null = null;

  /** What neighbours have reported already of this matter; loaded when the matter is known. */
  alike: Alike | null = null;

  /** The category the report will carry: the chosen one, else the one its words suggest. */
  get category(): Category | null {
    const { category, what } = this.draft;
    const { categories } = this.opened;
    return categories.find((one) => one.code === category) ?? suggestCategory(what, categories);
  }

  /** Something has been written or photographed. */
  get begun(): boolean {
    return this.draft.what !== '' || this.tray.photos.length > 0;
  }

  set(change: Partial<Draft>): void {
    Object.assign(this.draft, change);
    this.refusal = null;
    for (const field of typedFields)
      if (this.faults[field] && field in change && !this.fault(field)) delete this.faults[field];
    writeDraft(this.code, this.draft);
  }

  /** Takes or gives back a category; with no words yet, its name becomes the words, so one tap is a report. */
  choose(category: Category, name: string): void {
    const chosen = this.draft.category === category.code;
    const named = this.opened.categories.some(
      (one) => one.name === this.draft.what || one.name_en === this.draft.what,
    );
    const bare = this.draft.what.trim() === '' || named;
    this.set({
      category: chosen ? null : category.code,
      what: bare ? (chosen ? '' : name) : this.draft.what,
    });
  }

  /** Asks, a moment after the last word, what neighbours have reported of the matter it seems to be. */
  lookAround(changed: () => void, submit: () => void): void {
    clearTimeout(this.looking);
    const code = this.category?.code;
    if (!code || code === 'other' || code === this.alike?.category) return;
    this.looking = window.setTimeout(async () => {
      try {
        const { findAlike } = await import('./alike.ts');
        this.alike = await findAlike(kit, this, code, changed, submit);
      } catch {
        this.alike = null;
      }
      const { joins } = this.draft;
      if (joins && !this.alike?.found.some(({ number }) => number === joins)) this.set({ joins: null });
      changed();
    }, 700);
  }

  clear(): void {
    for (const { id } of this.tray.photos) void this.tray.remove(id);
    this.draft = emptyDraft();
    this.faults = {};
    this.refusal = null;
    writeDraft(this.code, null);
  }

  /** Finds what is missing or too long. True when it may be sent. */
  check(): boolean {
    this.faults = {};
    for (const field of typedFields) {
      const fault = this.fault(field);
      if (fault) this.faults[field] = fault;
    }
    return Object.keys(this.faults).length === 0;
  }

  /** The report as it is sent; it does not change any more until the server has answered. */
  kept(): Kept {
    const { draft } = this;
    const optional = (text: string) => text.trim() || null;
    const body: ReportBody = {
      what: draft.what.trim() || t('what.photo'),
      place: optional(draft.place),
      name: draft.name.trim(),
      address: draft.address.trim(),
      phone: optional(draft.phone),
      category: this.category?.code ?? null,
      lng: draft.point?.[0] ?? null,
      lat: draft.point?.[1] ?? null,
      photos: this.tray.photos.length,
      helper: optional(draft.helper ?? ''),
      joins: draft.joins,
      lang: currentTongue(),
    };
    return { key: draft.key, code: this.code, courtyard: this.opened.courtyard.name, at: Date.now(), body };
  }

  /** Takes back a report the server refused, with the reason at its field where one is named. */
  refused(error: ApiError): void {
    const field = typedFields.find((name) => name === error.detail['field']);
    if (field && error.code === 'field_missing') this.faults = { [field]: 'need' };
    else if (field && error.code === 'field_too_long') this.faults = { [field]: 'long' };
    else this.refusal = error;
    if (error.code === 'key_reused') {
      this.earlierKey = this.draft.key;
      this.set({ key: newTrackingKey() });
      this.refusal = error;
    }
  }

  private fault(field: TypedField): FieldFault | null {
    const length = [...(this.draft[field] ?? '').trim()].length;
    if (length === 0)
      return required.includes(field) && !(field === 'what' && this.tray.photos.length > 0) ? 'need' : null;
    return length > this.opened.limits[field] ? 'long' : null;
  }
}
