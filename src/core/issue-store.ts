import { wider } from './cluster-level.ts';
import { Dictionary, noEntry } from './dictionary.ts';
import type { HolderLevel, Urgency } from './issue.ts';
import { askedKinds, holderLevels, issueSteps, urgencies } from './issue-columns.ts';
import type { AskedKind, IssueColumns, IssueStep } from './issue-columns.ts';
import { emptyColumns, none, textOf } from './issue-pack.ts';
import type { IssuePack, PackedColumns } from './issue-pack.ts';
import { issueStates } from './issue-state.ts';
import type { IssueState } from './issue-state.ts';

/** One issue as the map and its list show it; times in epoch milliseconds. */
export type IssueRow = {
  id: number;
  number: string;
  courtyardId: number | null;
  category: string | null;
  state: IssueState;
  holderLevel: HolderLevel;
  holder: string;
  urgency: Urgency;
  /** WGS-84 degrees; NaN when the issue has no point of its own. */
  lng: number;
  lat: number;
  /** What the clock waits for; null once it has ended. */
  step: IssueStep | null;
  /** What was asked one level up and waits for a decision. */
  asked: AskedKind | null;
  warnAt: number | null;
  dueAt: number | null;
  createdAt: number;
  /** When it was closed, declined, merged or withdrawn; null while it is open. */
  endedAt: number | null;
  version: number;
  what: string;
};

/** Ids of what a load or a patch did; ids that came again unchanged or older are in none of them. */
export type StoreChange = { added: number[]; changed: number[]; gone: number[] };

/**
 * The columns as others read them; only the first `size` places are rows. The store alone writes here, and puts wider
 * arrays in place as it grows.
 */
export type StoreColumns = Readonly<PackedColumns>;

const place = <T extends string>(names: readonly T[], name: T | null | undefined): number =>
  name ? names.indexOf(name) : none;
const noText = { text: '', ends: new Uint32Array(0) };

/**
 * The issues one topic can see, as typed arrays with an index by id.
 * A row is overwritten only by a higher version, so answers may come late, twice or out of order.
 */
export class IssueStore {
  #columns: PackedColumns = emptyColumns(0);
  /** Numbers and words as they came with a pack; `from` tells where a row's stand in it, -1: in `said`. */
  #text: Pick<IssuePack, 'text' | 'ends'> = noText;
  #from = new Int32Array(0);
  #said = new Map<number, readonly [number: string, what: string]>();
  #categories = new Dictionary();
  #holders = new Dictionary();
  #revision = 0;
  #rows = new Map<number, number>();
  #goneAt = new Map<number, number>();
  #size = 0;

  get size(): number {
    return this.#size;
  }
  /** Counts up whenever rows came, changed, moved or went. */
  get revision(): number {
    return this.#revision;
  }
  get columns(): StoreColumns {
    return this.#columns;
  }
  /** Category codes by their number in the column. */
  get categories(): readonly string[] {
    return this.#categories.words;
  }
  /** Names of holders by their number in the column. */
  get holders(): readonly string[] {
    return this.#holders.words;
  }

  /** The row an issue stands in now, -1 when it is not here. Rows move when others go. */
  rowOf(id: number): number {
    return this.#rows.get(id) ?? -1;
  }
  number(row: number): string {
    return this.#words(row, 0);
  }
  what(row: number): string {
    return this.#words(row, 1);
  }

  /** True when a message about this issue and version tells nothing new. */
  knows(id: number, version: number): boolean {
    const row = this.#rows.get(id);
    const held = row === undefined ? this.#goneAt.get(id) : this.#columns.version[row];
    return held !== undefined && held >= version;
  }

  /** Takes a whole snapshot: what is not in it is gone. A pack is kept as it is; its arrays are the store's from then on. */
  load(issues: IssueColumns | IssuePack): StoreChange {
    if ('text' in issues) return this.#adopt(issues);
    const present = new Set(issues.id);
    const gone = [...this.#rows.keys()].filter((id) => !present.has(id));
    this.#goneAt.clear();
    return this.patch(issues, gone);
  }

  /** Takes what changed; `gone` are ids this topic no longer sees. */
  patch(columns: IssueColumns, gone: readonly number[] = []): StoreChange {
    const change: StoreChange = { added: [], changed: [], gone: [] };
    this.#reserve(this.#size + columns.id.length);
    columns.id.forEach((id, from) => {
      if (this.knows(id, columns.version[from] ?? 0)) return;
      const row = this.#rows.get(id);
      (row === undefined ? change.added : change.changed).push(id);
      this.#write(row ?? this.#size++, columns, from);
    });
    change.gone = this.remove(gone);
    if (change.added.length + change.changed.length > 0) this.#revision++;
    return change;
  }

  /** Takes out issues that belong elsewhere now; gives the ids that were there. */
  remove(ids: readonly number[]): number[] {
    const gone = ids.filter((id) => this.#remove(id));
    if (gone.length > 0) this.#revision++;
    return gone;
  }

  get(id: number): IssueRow | null {
    const row = this.#rows.get(id);
    return row === undefined ? null : this.read(row);
  }

  /** Every issue, in no particular order. */
  *rows(): Generator<IssueRow> {
    for (let row = 0; row < this.#size; row++) yield this.read(row);
  }

  #adopt(pack: IssuePack): StoreChange {
    const rows = new Map<number, number>();
    const change: StoreChange = { added: [], changed: [], gone: [] };
    const begun = this.#rows.size > 0;
    if (!begun) change.added = Array.from(pack.columns.id.subarray(0, pack.size));
    for (let row = 0; row < pack.size; row++) {
      const id = pack.columns.id[row] ?? NaN;
      const before = begun ? this.#rows.get(id) : row;
      if (before === undefined) change.added.push(id);
      else if (begun && this.#columns.version[before] !== pack.columns.version[row]) change.changed.push(id);
      rows.set(id, row);
    }
    change.gone = [...this.#rows.keys()].filter((id) => !rows.has(id));
    this.#columns = pack.columns;
    this.#text = pack;
    this.#from = Int32Array.from({ length: pack.size }, (_, row) => row);
    this.#said.clear();
    this.#categories = new Dictionary(pack.categories);
    this.#holders = new Dictionary(pack.holders);
    this.#rows = rows;
    this.#size = pack.size;
    this.#goneAt.clear();
    this.#revision++;
    return change;
  }

  #words(row: number, which: 0 | 1): string {
    const from = this.#from[row] ?? -1;
    return from < 0 ? (this.#said.get(row)?.[which] ?? '') : textOf(this.#text, from, which);
  }

  #reserve(size: number): void {
    const old = this.#columns;
    if (size <= old.id.length) return;
    const capacity = Math.max(64, size, Math.ceil(old.id.length * 1.25));
    const columns = emptyColumns(capacity);
    for (const name of Object.keys(columns) as (keyof PackedColumns)[]) columns[name].set(old[name]);
    this.#columns = columns;
    this.#from = wider(this.#from, new Int32Array(capacity));
  }

  #write(row: number, from: IssueColumns, at: number): void {
    const to = this.#columns;
    const id = from.id[at] ?? NaN;
    to.id[row] = id;
    to.courtyard[row] = from.courtyard_id[at] ?? NaN;
    to.state[row] = issueStates.indexOf(from.state[at] ?? 'submitted');
    to.level[row] = holderLevels.indexOf(from.holder_level[at] ?? 'courtyard');
    to.urgency[row] = urgencies.indexOf(from.urgency[at] ?? 'ordinary');
    to.lng[row] = from.lng[at] ?? NaN;
    to.lat[row] = from.lat[at] ?? NaN;
    to.step[row] = place(issueSteps, from.step[at]);
    to.asked[row] = place(askedKinds, from.asked[at]);
    to.warn[row] = from.warn_at[at] ?? NaN;
    to.due[row] = from.due_at[at] ?? NaN;
    to.created[row] = from.created_at[at] ?? 0;
    to.ended[row] = from.ended_at?.[at] ?? NaN;
    to.category[row] = this.#categories.number(from.category[at]);
    to.holder[row] = this.#holders.number(from.holder[at]);
    to.version[row] = from.version[at] ?? 0;
    this.#from[row] = -1;
    this.#said.set(row, [from.number[at] ?? '', from.what[at] ?? '']);
    this.#rows.set(id, row);
    this.#goneAt.delete(id);
  }

  #remove(id: number): boolean {
    const row = this.#rows.get(id);
    if (row === undefined) return false;
    this.#goneAt.set(id, this.#columns.version[row] ?? 0);
    this.#rows.delete(id);
    const last = --this.#size;
    const said = this.#said.get(last);
    this.#said.delete(last);
    if (row === last) return true;
    for (const column of Object.values(this.#columns)) column.copyWithin(row, last, last + 1);
    this.#from.copyWithin(row, last, last + 1);
    if (said) this.#said.set(row, said);
    else this.#said.delete(row);
    this.#rows.set(this.#columns.id[row] ?? NaN, row);
    return true;
  }

  /** One row as an object; for the few that are looked at, never for all. */
  read(row: number): IssueRow {
    const from = this.#columns;
    const orNull = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? null : value);
    return {
      id: from.id[row] ?? NaN,
      number: this.number(row),
      courtyardId: orNull(from.courtyard[row]),
      category: this.#categories.word(from.category[row] ?? noEntry),
      state: issueStates[from.state[row] ?? 0] ?? 'submitted',
      holderLevel: holderLevels[from.level[row] ?? 0] ?? 'courtyard',
      holder: this.#holders.word(from.holder[row] ?? noEntry) ?? '',
      urgency: urgencies[from.urgency[row] ?? 0] ?? 'ordinary',
      lng: from.lng[row] ?? NaN,
      lat: from.lat[row] ?? NaN,
      step: issueSteps[from.step[row] ?? none] ?? null,
      asked: askedKinds[from.asked[row] ?? none] ?? null,
      warnAt: orNull((from.warn[row] ?? NaN) * 1000),
      dueAt: orNull((from.due[row] ?? NaN) * 1000),
      createdAt: (from.created[row] ?? 0) * 1000,
      endedAt: orNull((from.ended[row] ?? NaN) * 1000),
      version: from.version[row] ?? 0,
      what: this.what(row),
    };
  }
}
