import type { FieldType, Option } from '../../core/archive/field.ts';
import type { Value } from '../../core/archive/merge.ts';

interface Named {
  code: string;
  name: string;
  name_en: string;
}

export interface SheetField extends Named {
  unit: string | null;
  unit_en: string | null;
  type: FieldType;
  options: readonly Option[] | null;
  value: Value;
  verified_at: string | null;
  verified_by: string | null;
  due: boolean;
}

interface Placed {
  id: number;
  kind_name: string;
  kind_name_en: string;
  state: string;
  version: number;
}

export type SheetModule = Named & { fields: SheetField[] };

/** What one condition of a rule found: a field's value, or how many of what it counts. */
export interface Found {
  field?: string | undefined;
  value: Value;
  cases?: string[] | undefined;
  hazards?: string[] | undefined;
  resources?: string[] | undefined;
  visits?: string[] | undefined;
  days?: number | undefined;
  /** Metres. */
  within?: number | undefined;
  count?: number | undefined;
}

/** An idle resource that is offered, or a project that is asked for. */
export interface SheetOffer {
  id: number;
  resource_id: number | null;
  title: string;
  what: string | null;
  state: 'open' | 'claimed' | 'delivered' | 'withdrawn';
  organisation: string | null;
  promise: string | null;
  /** `2026-11-25` */
  promised_on: string | null;
  delivery: string | null;
  version: number;
}

/** The visits to a courtyard's homes as far as one may see them, the newest first. */
export interface SheetVisits {
  /** Homes visited this quarter, care visits apart. */
  households: number;
  /** `visited_on`: `2026-11-25`. */
  visits: { id: number; kind: string; visited_on: string; households: number; by: string }[];
}

/** What an office tells a courtyard's people on their page. */
export interface SheetNotice {
  id: number;
  title: string;
  body: string | null;
  /** On the pages of the whole community. */
  whole: boolean;
  until: string;
}

/** Does one thing on a sheet and gives the words that say so; false when it was refused, which the sheet says. */
export type SheetAct = (work: () => Promise<string>) => Promise<boolean>;

/** A courtyard's archive, as its sheet shows it. */
export interface SheetArchive {
  quarter: string | null;
  modules: SheetModule[];
  labels: (Named & {
    colour: string;
    reason: string | null;
    evidence: Found[];
    since: string;
    expires_at: string | null;
    derived: boolean;
  })[];
  resources: (Placed & { name: string; note: string | null })[];
  hazards: (Placed & {
    what: string;
    level: number;
    mender: string | null;
    due_at: string | null;
    inspected_at: string | null;
    inspect_days: number | null;
    issue_id: number | null;
  })[];
  contacts: {
    role: string;
    role_name: string;
    role_name_en: string;
    name: string | null;
    phone_masked: string | null;
  }[];
}

/** What the sheet reads and does; each may throw an ApiError. */
export interface ArchiveSource {
  read(yard: number): Promise<SheetArchive>;
  givable(): Promise<Named[]>;
  give(yard: number, label: string, reason: string): Promise<void>;
  take(yard: number, label: string, reason: string): Promise<void>;
  report(hazard: number, version: number): Promise<{ issue_id: number; number: string }>;
  tend(
    hazard: number,
    version: number,
    action: 'inspect' | 'mend' | 'mended',
    facts: Record<string, string>,
  ): Promise<void>;
  /** Where photos lie; `photo` gives one as a URL of this page. */
  photos(place: 'resource' | 'hazard', id: number): Promise<string[]>;
  photo(path: string): Promise<string>;
  addPhoto(place: 'resource' | 'hazard', id: number, photo: Blob): Promise<void>;
  offers(yard: number): Promise<SheetOffer[]>;
  /** Without a resource: a project. */
  offer(yard: number, resource: number | null, title: string, what: string): Promise<void>;
  actOnOffer(
    offer: number,
    version: number,
    action: 'claim' | 'deliver' | 'release' | 'withdraw',
    facts: Record<string, string>,
  ): Promise<void>;
  visits(yard: number): Promise<SheetVisits>;
  /** That so many homes were visited on a day. */
  visit(yard: number, kind: string, households: number, day: string): Promise<void>;
  takeBackVisit(visit: number): Promise<void>;
  /** What stands on the courtyard's page for its people. */
  notices(yard: number): Promise<SheetNotice[]>;
  /** For so many days; `whole`: on the pages of its whole community. */
  postNotice(yard: number, title: string, body: string, days: number, whole: boolean): Promise<void>;
  takeDownNotice(notice: number): Promise<void>;
  /** Confirmed ones, the newest first. */
  quarters(yard: number): Promise<string[]>;
  at(yard: number, quarter: string): Promise<SheetModule[]>;
}
