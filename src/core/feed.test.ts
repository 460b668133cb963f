import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feedStart, feedStep, pauseAfter } from './feed.ts';
import type { FeedEffect, FeedEvent, FeedState } from './feed.ts';

function play(
  events: FeedEvent[],
  from: FeedState = feedStart,
): { state: FeedState; effects: FeedEffect[][] } {
  let state = from;
  const effects = events.map((event) => {
    const [next, done] = feedStep(state, event);
    state = next;
    return done;
  });
  return { state, effects };
}

const live = play([
  { type: 'opened' },
  { type: 'snapshot', seq: 10 },
  { type: 'joined' },
  { type: 'changes', seq: 10, complete: true },
]).state;

describe('a feed', () => {
  it('takes a snapshot, and asks once more for what it may have missed before it joined', () => {
    const { effects, state } = play([
      { type: 'opened' },
      { type: 'joined' },
      { type: 'snapshot', seq: 10 },
      { type: 'changes', seq: 11, complete: true },
    ]);
    expect(effects).toEqual([[{ type: 'ask-snapshot' }], [], [{ type: 'ask-changes', since: 10 }], []]);
    expect(state.seq).toBe(11);
  });

  it('asks for changes when it hears of something new, once at a time', () => {
    const { effects } = play(
      [
        { type: 'heard', seq: 11, known: false },
        { type: 'heard', seq: 12, known: false },
        { type: 'heard', seq: 13, known: false },
        { type: 'changes', seq: 12, complete: true },
        { type: 'changes', seq: 13, complete: true },
      ],
      live,
    );
    expect(effects).toEqual([
      [{ type: 'ask-changes', since: 10 }],
      [],
      [],
      [{ type: 'ask-changes', since: 11 }],
      [],
    ]);
  });

  it('asks nothing for a doubled message', () => {
    expect(play([{ type: 'heard', seq: 9, known: true }], live).effects).toEqual([[]]);
  });

  it('goes back for a number that became visible after a higher one', () => {
    expect(play([{ type: 'heard', seq: 8, known: false }], live).effects).toEqual([
      [{ type: 'ask-changes', since: 7 }],
    ]);
  });

  it('takes a new snapshot when the server no longer knows that far back', () => {
    const { effects } = play(
      [
        { type: 'heard', seq: 900, known: false },
        { type: 'changes', seq: 900, complete: false },
      ],
      live,
    );
    expect(effects[1]).toEqual([{ type: 'ask-snapshot' }]);
  });

  it('asks for everything since its last number after a reconnect', () => {
    const { effects } = play([{ type: 'lost' }, { type: 'joined' }], live);
    expect(effects).toEqual([[], [{ type: 'ask-changes', since: 10 }]]);
  });

  it('waits longer after each failure, then asks from where the failed request began', () => {
    const { effects, state } = play(
      [
        { type: 'heard', seq: 8, known: false },
        { type: 'failed', expired: false },
        { type: 'heard', seq: 12, known: false },
        { type: 'retry' },
      ],
      live,
    );
    expect(effects).toEqual([
      [{ type: 'ask-changes', since: 7 }],
      [{ type: 'pause', ms: 500 }],
      [],
      [{ type: 'ask-changes', since: 7 }],
    ]);
    expect(state.failures).toBe(1);
    expect([1, 2, 3, 20].map(pauseAfter)).toEqual([500, 1000, 2000, 15000]);
  });

  it('stays still while the session has expired and goes on when it is renewed', () => {
    const { effects } = play(
      [
        { type: 'poll' },
        { type: 'failed', expired: true },
        { type: 'heard', seq: 12, known: false },
        { type: 'renewed' },
      ],
      live,
    );
    expect(effects).toEqual([
      [{ type: 'ask-changes', since: 10 }],
      [],
      [],
      [{ type: 'ask-changes', since: 10 }],
    ]);
  });

  it('rejoins and catches up when the tab wakes without a connection', () => {
    const { effects } = play([{ type: 'lost' }, { type: 'woke' }], live);
    expect(effects[1]).toEqual([{ type: 'rejoin' }, { type: 'ask-changes', since: 10 }]);
  });

  it('ends up with everything, whatever is lost, doubled, reordered or cut off on the way', () => {
    const fate = fc.constantFrom('deliver', 'lose', 'double', 'delay', 'cut', 'fail');
    fc.assert(
      fc.property(fc.array(fate, { maxLength: 60 }), (fates) => {
        const world = new World();
        for (const one of fates) world.change(one);
        world.settle();
        expect(world.client).toBe(world.server);
        expect(world.overlaps).toBe(0);
      }),
      { numRuns: 300 },
    );
  });
});

/** A server that only counts, and a client whose messages meet the fate they are given. */
class World {
  server = 0;
  client = -1;
  overlaps = 0;
  #state = feedStart;
  #asked: FeedEffect[] = [];
  #late: number[] = [];

  constructor() {
    this.#on({ type: 'opened' });
    this.#on({ type: 'joined' });
  }

  change(fate: string): void {
    this.server++;
    const message = (seq: number) => this.#on({ type: 'heard', seq, known: seq <= this.client });
    if (fate === 'cut') this.#on({ type: 'lost' });
    if (fate === 'delay') this.#late.push(this.server);
    if (fate === 'fail' && this.#asked.shift()) this.#on({ type: 'failed', expired: false });
    if (!this.#state.joined) return;
    if (fate === 'deliver' || fate === 'double') message(this.server);
    if (fate === 'double') message(this.server);
    if (this.server % 3 === 0) this.#answer();
    if (this.server % 5 === 0) for (const seq of this.#late.splice(0).reverse()) message(seq);
  }

  /** The connection comes back and stays. */
  settle(): void {
    this.#on({ type: 'joined' });
    while (this.#asked.length > 0) this.#answer();
  }

  #answer(): void {
    const asked = this.#asked.shift();
    if (!asked) return;
    this.client = this.server;
    if (asked.type === 'ask-snapshot') this.#on({ type: 'snapshot', seq: this.server });
    if (asked.type === 'ask-changes')
      this.#on({ type: 'changes', seq: this.server, complete: this.server - asked.since < 8 });
  }

  #on(event: FeedEvent): void {
    const [state, effects] = feedStep(this.#state, event);
    this.#state = state;
    for (const effect of effects) {
      if (effect.type !== 'ask-changes' && effect.type !== 'ask-snapshot') continue;
      if (this.#asked.push(effect) > 1) this.overlaps++;
    }
  }
}
