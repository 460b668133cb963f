/** A report as its resident follows it, and what follows from its steps. */

export interface Step {
  /** ISO 8601. */
  readonly at: string;
  readonly action: string;
  readonly outcome: string | null;
  readonly by: string | null;
  readonly officeTo: string | null;
  readonly words: string | null;
  readonly reason: string | null;
  /** What whoever checked it found. */
  readonly finding?: string | null;
  /** How staff took the report, when its resident did not send it: counter, phone, visit. */
  readonly channel?: string | null;
  /** To whom was written; `dueOn` is a calendar day, YYYY-MM-DD. */
  readonly letter?: { readonly addressee: string; readonly dueOn: string; readonly replied: boolean } | null;
  /** `until`: a moment or a day. */
  readonly granted?: { readonly kind: string; readonly until: string } | null;
}

/** How far a matter has come: all that is told of a report to those whose own was merged into it. */
export interface Progress {
  readonly number: string;
  readonly state: string;
  readonly courtyard: string;
  readonly category: string;
  readonly categoryEn: string;
  readonly promisedAt: string;
  readonly responsible: string;
  /** Who accepted it first, and stays named to the end. */
  readonly firstOwner: string | null;
  readonly steps: readonly Step[];
  readonly mergedInto: Progress | null;
}

export interface Story extends Progress {
  readonly version: number;
  readonly what: string;
  readonly place: string | null;
  readonly answered: string | null;
  readonly photos: number;
  /** Where the offices' photos of the finished work lie. */
  readonly results: readonly string[];
  /** Somebody looks at it before it goes on. */
  readonly held: boolean;
  readonly can: readonly string[];
}

/** What a resident can do to their own report. */
export type Act = 'answer' | 'reopen' | 'withdraw';

/** How long after its end a report can be opened again, in milliseconds, and how often. */
const reopening = { within: 14 * 86_400_000, times: 2 };

/** The matter that is really being worked on: where a report was merged, and merged again. */
export function underWay(story: Progress): Progress {
  return story.mergedInto ? underWay(story.mergedInto) : story;
}

/** Said or done by the resident, not by an office or the clock. */
export function isOwn({ action, by }: Step): boolean {
  return /^(report|answer|reopen|withdraw)$/.test(action) || (action === 'note' && !by);
}

/**
 * Until when (milliseconds) an ended report can be opened again, and whether that is the last time; null when nothing
 * ended it. A report that was merged ended with the one it was merged into.
 */
export function reopenable(story: Progress): { until: number; last: boolean } | null {
  const ends = [...underWay(story).steps].reverse();
  const end = ends.find(({ action, outcome }) => /^(close|decline)$/.test(action) || outcome === 'yes');
  if (!end) return null;
  const times = story.steps.filter(({ action }) => action === 'reopen').length;
  return { until: Date.parse(end.at) + reopening.within, last: times >= reopening.times - 1 };
}

/** What the resident did between two looks, though the phone may never have heard that it got through. */
export function gotThrough(seen: Progress, now: Progress, act: Act): boolean {
  return now.steps.slice(seen.steps.length).some(({ action }) => action === act);
}

/** The name of the sentence that tells a step: which action, how it came out, and only those offices it names. */
export function sentenceFor({ action, outcome, by, officeTo, channel, granted }: Step): string {
  switch (action) {
    case 'report':
      return channel ? 'report.for' : action;
    case 'note':
      return by ? action : 'note.own';
    case 'grant':
      return granted?.kind === 'pause' ? 'grant.pause' : action;
    case 'answer':
    case 'verify':
      return `${action}.${outcome ?? ''}`;
    case 'reopen':
      return officeTo ? 'reopen.up' : action;
    case 'hand_up':
    case 'dispatch':
    case 'send_back':
    case 'climb':
      return officeTo ? action : 'other';
    default:
      return action;
  }
}
