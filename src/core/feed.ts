/**
 * How a live view stays equal to the database: take a snapshot, subscribe, then ask for what changed
 * on joining and each time a message tells of something newer. Pure: events go in, effects come out.
 * At most one request is under way, so answers cannot overtake each other.
 */
export type FeedState = {
  joined: boolean;
  /** Everything up to this sequence number is applied; null before the first snapshot. */
  seq: number | null;
  asking: null | 'snapshot' | { since: number };
  /** Ask for changes since this number (at most `seq`) as soon as nothing else is being asked. */
  owed: number | null;
  /** Waiting after a failure; nothing is asked until it is over. */
  pausing: boolean;
  /** Failures in a row, for the pause before the next try. */
  failures: number;
  expired: boolean;
};

export type FeedEvent =
  | { type: 'opened' }
  | { type: 'joined' }
  | { type: 'lost' }
  /** A broadcast; `known` when the store already holds that issue at that version. */
  | { type: 'heard'; seq: number; known: boolean }
  | { type: 'snapshot'; seq: number }
  | { type: 'changes'; seq: number; complete: boolean }
  | { type: 'failed'; expired: boolean }
  /** The pause after a failure is over. */
  | { type: 'retry' }
  /** From time to time while not joined: without messages, asking is all that is left. */
  | { type: 'poll' }
  /** The tab came back to the front, or the network did. */
  | { type: 'woke' }
  /** The session is valid again. */
  | { type: 'renewed' };

export type FeedEffect =
  | { type: 'ask-snapshot' }
  | { type: 'ask-changes'; since: number }
  | { type: 'pause'; ms: number }
  | { type: 'rejoin' };

export const feedStart: FeedState = {
  joined: false,
  seq: null,
  asking: null,
  owed: null,
  pausing: false,
  failures: 0,
  expired: false,
};

const owe = (state: FeedState, since: number): FeedState => ({
  ...state,
  owed: state.owed === null ? since : Math.min(state.owed, since),
});

/** Asks for what is missing if nothing is being asked. */
function ask(state: FeedState): [FeedState, FeedEffect[]] {
  if (state.asking || state.pausing || state.expired) return [state, []];
  if (state.seq === null) return [{ ...state, asking: 'snapshot', owed: null }, [{ type: 'ask-snapshot' }]];
  if (state.owed === null) return [state, []];
  const since = Math.min(state.owed, state.seq);
  return [{ ...state, asking: { since }, owed: null }, [{ type: 'ask-changes', since }]];
}

/** Milliseconds to wait after the n-th failure in a row. */
export const pauseAfter = (failures: number): number => Math.min(500 * 2 ** (failures - 1), 15_000);

/** Everything after what is applied by the time of asking. */
const sinceNow = Infinity;

const answered = (state: FeedState, seq: number | null): FeedState => ({
  ...state,
  asking: null,
  seq,
  failures: 0,
});

/** One step: the state after the event and what to do now. */
export function feedStep(state: FeedState, event: FeedEvent): [FeedState, FeedEffect[]] {
  switch (event.type) {
    case 'opened':
    case 'poll':
      return ask(owe(state, sinceNow));
    case 'joined':
      // What was sent between the last answer and this join was not heard: ask again, even if asking.
      return ask(owe({ ...state, joined: true, pausing: false }, sinceNow));
    case 'lost':
      return [{ ...state, joined: false }, []];
    case 'heard':
      return event.known ? [state, []] : ask(owe(state, event.seq - 1));
    case 'snapshot':
      return ask(answered(state, event.seq));
    case 'changes':
      return ask(answered(state, event.complete ? Math.max(event.seq, state.seq ?? 0) : null));
    case 'failed': {
      const since = typeof state.asking === 'object' && state.asking ? state.asking.since : sinceNow;
      const failures = state.failures + 1;
      const next = {
        ...owe(state, since),
        asking: null,
        failures,
        expired: event.expired,
        pausing: !event.expired,
      };
      return [next, event.expired ? [] : [{ type: 'pause', ms: pauseAfter(failures) }]];
    }
    case 'retry':
      return ask({ ...state, pausing: false });
    case 'woke':
    case 'renewed': {
      const expired = event.type === 'renewed' ? false : state.expired;
      const [next, effects] = ask(owe({ ...state, expired, pausing: false }, sinceNow));
      return [next, state.joined ? effects : [{ type: 'rejoin' }, ...effects]];
    }
  }
}
