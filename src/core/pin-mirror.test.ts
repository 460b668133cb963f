import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClusterDesk } from './cluster-desk.ts';
import type { ClusterAnswer } from './cluster-desk.ts';
import type { IssueColumns } from './issue-columns.ts';
import { lateMark } from './issue-state.ts';
import { IssueStore } from './issue-store.ts';
import { PinMirror } from './pin-mirror.ts';

const now = 1_800_000_000_000;

function columns(
  rows: readonly { id: number; version: number; due?: number; lng?: number | null }[],
): IssueColumns {
  const of = <T>(value: T): T[] => rows.map(() => value);
  return {
    id: rows.map(({ id }) => id),
    number: of('n'),
    courtyard_id: of(3),
    category: of(null),
    state: of('handling'),
    holder_level: of('street'),
    holder: of('少城街道'),
    urgency: of('ordinary'),
    lng: rows.map(({ id, lng }) => (lng === undefined ? 104 + id / 500 : lng)),
    lat: rows.map(({ lng }) => (lng === null ? null : 30.66)),
    step: of(null),
    asked: of(null),
    warn_at: of(null),
    due_at: rows.map(({ due }) => due ?? null),
    created_at: of(1),
    version: rows.map(({ version }) => version),
    what: of('w'),
  };
}

/** A map as far as it can be told from here: what is drawn after each answer. */
class Drawing {
  readonly store = new IssueStore();
  readonly #mirror = new PinMirror(() => [104.5, 30.66]);
  readonly #desk = new ClusterDesk();
  readonly pins = new Map<number, number>();
  answers = 0;
  added: number[] = [];

  constructor() {
    this.#desk.answer({ do: 'view', box: [103, 30, 110, 31], zoom: 18 });
  }

  sync(shown: Uint32Array | null = null): void {
    const next = this.#mirror.next(this.store, shown, now);
    if (!next) return;
    this.added = next.added;
    this.take(this.#desk.answer(next.ask));
  }

  take(answer: ClusterAnswer | null): void {
    if (answer?.is !== 'drawn') return;
    this.answers++;
    for (const id of answer.gonePins) expect(this.pins.delete(id)).toBe(true);
    for (const { id, mark } of answer.pins) this.pins.set(id, mark);
  }
}

describe('what the map is told of the store', () => {
  it('is each change once, and nothing when nothing changed', () => {
    const drawing = new Drawing();
    drawing.store.load(columns([1, 2, 3].map((id) => ({ id, version: 1 }))));
    drawing.sync();
    expect([...drawing.pins.keys()].sort()).toEqual([1, 2, 3]);
    expect(drawing.added).toEqual([]);
    drawing.sync();
    expect(drawing.answers).toBe(1);
    drawing.store.patch(
      columns([
        { id: 2, version: 2, due: 1 },
        { id: 4, version: 1 },
      ]),
    );
    drawing.sync();
    expect(drawing.pins.get(2)).toBe(lateMark);
    expect(drawing.added).toEqual([4]);
    drawing.sync();
    expect(drawing.answers).toBe(2);
  });

  it('follows the filter, and draws an issue without a point at its courtyard', () => {
    const drawing = new Drawing();
    drawing.store.load(
      columns([
        { id: 1, version: 1, lng: null },
        { id: 2, version: 1 },
      ]),
    );
    drawing.sync(Uint32Array.of(0));
    expect([...drawing.pins.keys()]).toEqual([1]);
    drawing.sync(null);
    expect([...drawing.pins.keys()].sort()).toEqual([1, 2]);
    drawing.sync(new Uint32Array());
    expect(drawing.pins.size).toBe(0);
  });

  it('is everything, whatever came, changed, went or was filtered in between', () => {
    const step = fc.record({
      id: fc.integer({ min: 1, max: 20 }),
      gone: fc.boolean(),
      hide: fc.integer({ min: 0, max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const drawing = new Drawing();
        let version = 1;
        for (const { id, gone, hide } of steps) {
          if (gone) drawing.store.remove([id]);
          else drawing.store.patch(columns([{ id, version: ++version }]));
          const rows = Array.from({ length: drawing.store.size }, (_, row) => row);
          const shown = hide > 1 ? Uint32Array.from(rows.filter((row) => row % hide === 0)) : null;
          if (hide > 0) drawing.sync(shown);
        }
        drawing.sync(null);
        const held = [...drawing.store.rows()].map((row) => row.id);
        expect([...drawing.pins.keys()].sort()).toEqual(held.sort());
      }),
      { numRuns: 200 },
    );
  });
});
