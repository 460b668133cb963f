import type { RealtimeChannel } from '@supabase/supabase-js';
import * as v from 'valibot';
import { ApiError } from '../core/api-error.ts';
import { feedStart, feedStep } from '../core/feed.ts';
import type { FeedEffect, FeedEvent } from '../core/feed.ts';
import { parseChanges, parseSnapshot } from '../core/map-snapshot.ts';
import type { MapChanges, MapSnapshot } from '../core/map-snapshot.ts';
import { ask } from './ask.ts';
import { realtime, rest } from './client.ts';
import { answerUnreadable } from './errors.ts';

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

const message = v.object({ seq: v.number(), issue_id: v.number(), version: v.number() });
const groundMessage = v.object({ seq: v.number() });

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
        void request(rest.rpc('map_snapshot', { topic }), parseSnapshot, (snapshot) => {
          listener.onsnapshot(snapshot);
          listener.onnotice();
          return { type: 'snapshot', seq: snapshot.seq };
        });
        return;
      case 'ask-changes':
        void request(rest.rpc('changes_since', { topic, seq: effect.since }), parseChanges, (changes) => {
          if (changes.complete) listener.onchanges(changes);
          if (!state.joined) listener.onnotice();
          return { type: 'changes', seq: changes.seq, complete: changes.complete };
        });
        return;
      case 'pause':
        setTimeout(() => on({ type: 'retry' }), effect.ms);
        return;
      case 'rejoin':
        void join();
    }
  }

  async function request<T>(
    question: Parameters<typeof ask>[1] & { abortSignal(signal: AbortSignal): Parameters<typeof ask>[1] },
    parse: (answer: unknown) => T,
    take: (answer: T) => FeedEvent,
  ): Promise<void> {
    const wait = answeredAt + burst - Date.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    let event: FeedEvent;
    try {
      const answer = await ask(v.unknown(), question.abortSignal(ending.signal));
      if (ending.signal.aborted) return;
      event = take(read(parse, answer));
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
    await realtime.setAuth();
    if (ending.signal.aborted) return;
    if (!channel || channel.state === 'closed') channel = subscribe();
    else if (!realtime.isConnected()) realtime.connect();
  }

  function subscribe(): RealtimeChannel {
    const joining = realtime.channel(topic, { config: { private: true } });
    joining
      .on('broadcast', { event: 'issue' }, ({ payload }) => {
        const heard = v.safeParse(message, payload);
        if (!heard.success) return;
        const { seq, issue_id, version } = heard.output;
        on({ type: 'heard', seq, known: listener.knows(issue_id, version) });
      })
      // Yards or grids were redrawn: the answer to what changed will be that only a snapshot says it.
      .on('broadcast', { event: 'ground' }, ({ payload }) => {
        const heard = v.safeParse(groundMessage, payload);
        if (heard.success) on({ type: 'heard', seq: heard.output.seq, known: false });
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
      if (channel) void realtime.removeChannel(channel);
    },
  };
}

function read<T>(parse: (answer: unknown) => T, answer: unknown): T {
  try {
    return parse(answer);
  } catch (failure) {
    throw answerUnreadable(failure instanceof Error ? failure.message : '');
  }
}
