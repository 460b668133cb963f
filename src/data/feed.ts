import type { RealtimeChannel, RealtimeClient } from '@supabase/realtime-js';
import { ApiError, isRecord } from '../core/api-error.ts';
import { feedStart, feedStep } from '../core/feed.ts';
import type { FeedEffect, FeedEvent } from '../core/feed.ts';
import type { MapChanges, MapSnapshot } from '../core/map-snapshot.ts';
import { takeChanges, takeSnapshot } from './snapshot.ts';

export type FeedStatus = {
  connection: 'live' | 'connecting' | 'offline';
  /** When the server last said how things are, epoch milliseconds; null before the first answer. */
  asOf: number | null;
  /** Why the last request failed; null once one succeeded. */
  error: ApiError | null;
};

export type FeedListener = {
  onsnapshot(snapshot: MapSnapshot): void;
  onchanges(changes: MapChanges): void;
  onstatus(status: FeedStatus): void;
  /** The office was told something; also asked for when notices may have been missed. */
  onnotice(): void;
  /** The archive of a courtyard here changed. */
  onarchive?(): void;
  /** True when this version of this issue is already held. */
  knows(issue: number, version: number): boolean;
};

export type Feed = {
  close(): void;
  /** The session is valid again. */
  renew(): void;
};

/** What a message must say in numbers; null when it doesn't. */
function numbers<Name extends string>(payload: unknown, ...names: Name[]): Record<Name, number> | null {
  const said = isRecord(payload) ? payload : {};
  const found = names.map((name) => [name, said[name]]);
  return found.every(([, value]) => typeof value === 'number') ? Object.fromEntries(found) : null;
}

/** The code that hears messages; null when it could not be fetched: then the feed goes on asking, and tries again. */
const messages = (): Promise<RealtimeClient | null> =>
  import('./realtime.ts').then(
    ({ realtime }) => realtime,
    () => null,
  );

/** Without messages, how often to ask instead, in milliseconds. */
const pollEvery = 15_000;
/** Messages of one burst are answered with one request, in milliseconds after the answer before. */
const burst = 30;

/** Follows a topic (`area:<id>`, `department:<id>`) until closed: first a snapshot, then every change once. */
export function openFeed(topic: string, listener: FeedListener): Feed {
  const ending = new AbortController();
  let state = feedStart;
  let asOf: number | null = null;
  let error: ApiError | null = null;
  let channel: RealtimeChannel | null = null;
  let answeredAt = 0;

  function on(event: FeedEvent): void {
    if (ending.signal.aborted) return;
    const [next, effects] = feedStep(state, event);
    state = next;
    for (const effect of effects) run(effect);
    tell();
  }

  function tell(): void {
    const connected = state.joined && state.seq !== null && state.failures === 0;
    const offline = !navigator.onLine || state.failures > 1;
    listener.onstatus({ connection: offline ? 'offline' : connected ? 'live' : 'connecting', asOf, error });
  }

  function run(effect: FeedEffect): void {
    switch (effect.type) {
      case 'ask-snapshot':
        void request(
          () => takeSnapshot(topic, ending.signal),
          (snapshot) => {
            listener.onsnapshot(snapshot);
            listener.onnotice();
            return { type: 'snapshot', seq: snapshot.seq };
          },
        );
        return;
      case 'ask-changes':
        void request(
          () => takeChanges(topic, effect.since, ending.signal),
          (changes) => {
            if (changes.complete) listener.onchanges(changes);
            if (!state.joined) listener.onnotice();
            return { type: 'changes', seq: changes.seq, complete: changes.complete };
          },
        );
        return;
      case 'pause':
        setTimeout(() => on({ type: 'retry' }), effect.ms);
        return;
      case 'rejoin':
        void join();
    }
  }

  async function request<T>(question: () => Promise<T>, take: (answer: T) => FeedEvent): Promise<void> {
    const wait = answeredAt + burst - Date.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    let event: FeedEvent;
    try {
      const answer = await question();
      if (ending.signal.aborted) return;
      event = take(answer);
      asOf = answeredAt = Date.now();
      error = null;
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      error = failure;
      event = { type: 'failed', expired: failure.status === 401 || failure.status === 403 };
    }
    on(event);
  }

  /** Joins, or hurries a connection that is down; the channel itself rejoins whenever its socket opens again. */
  async function join(): Promise<void> {
    const realtime = await messages();
    if (!realtime) return;
    await realtime.setAuth();
    if (ending.signal.aborted) return;
    if (!channel || channel.state === 'closed') channel = subscribe(realtime);
    else if (!realtime.isConnected()) realtime.connect();
  }

  function subscribe(realtime: RealtimeClient): RealtimeChannel {
    const joining = realtime.channel(topic, { config: { private: true } });
    joining
      .on('broadcast', { event: 'issue' }, ({ payload }) => {
        const heard = numbers(payload, 'seq', 'issue_id', 'version');
        if (heard)
          on({ type: 'heard', seq: heard.seq, known: listener.knows(heard.issue_id, heard.version) });
      })
      // Yards or grids were redrawn: the answer to what changed will be that only a snapshot says it.
      .on('broadcast', { event: 'ground' }, ({ payload }) => {
        const heard = numbers(payload, 'seq');
        if (heard) on({ type: 'heard', seq: heard.seq, known: false });
      })
      .on('broadcast', { event: 'notice' }, () => listener.onnotice())
      .on('broadcast', { event: 'archive' }, () => listener.onarchive?.())
      .subscribe((status) => {
        if (channel === joining) on({ type: status === 'SUBSCRIBED' ? 'joined' : 'lost' });
      });
    return joining;
  }

  const poll = setInterval(() => {
    if (!state.joined) on({ type: 'poll' });
  }, pollEvery);
  const wake = () => {
    if (!document.hidden) on({ type: 'woke' });
  };
  const network = () => (navigator.onLine ? on({ type: 'woke' }) : tell());
  document.addEventListener('visibilitychange', wake);
  globalThis.addEventListener('online', network);
  globalThis.addEventListener('offline', network);

  on({ type: 'opened' });
  void join();

  return {
    renew: () => on({ type: 'renewed' }),
    close() {
      ending.abort();
      clearInterval(poll);
      document.removeEventListener('visibilitychange', wake);
      globalThis.removeEventListener('online', network);
      globalThis.removeEventListener('offline', network);
      const left = channel;
      if (left) void messages().then((realtime) => realtime?.removeChannel(left));
    },
  };
}
