import { ApiError } from '../../core/api-error.ts';
import { freshnesses, type Freshness } from '../../core/archive/freshness.ts';
import { tally, type Round, type RoundYard } from '../../core/archive/round.ts';
import { readRound } from '../../data/archive-round.ts';
import { confirmProfile, returnProfile } from '../../data/archive-street.ts';

/** How often the progress is asked for again, in milliseconds, besides when somebody acts here. */
const again = 15_000;

export interface CommunityProgress {
  id: number;
  name: string;
  counts: Record<Freshness, number>;
  all: number;
}

/** One yard that could not be confirmed or returned. */
export interface Failure {
  yard: RoundYard;
  error: ApiError;
}

/** The street's sight of the round: every community's progress, and what waits for the street's word. */
export class Progress {
  readonly topic: string;
  /** Whose screen it is; stands on what is printed. */
  readonly office: string;
  #round = $state.raw<Round | null>(null);
  #error = $state.raw<ApiError | null>(null);
  #loaded = $state(false);
  #picked = $state.raw<readonly number[]>([]);
  #busy = $state(false);
  #failures = $state.raw<readonly Failure[]>([]);

  community = $state<number | null>(null);
  only = $state<Freshness | null>(null);

  constructor(topic: string, office: string) {
    this.topic = topic;
    this.office = office;
  }

  get round(): Round | null {
    return this.#round;
  }
  get error(): ApiError | null {
    return this.#error;
  }
  get loaded(): boolean {
    return this.#loaded;
  }
  get busy(): boolean {
    return this.#busy;
  }
  get failures(): readonly Failure[] {
    return this.#failures;
  }

  readonly counts = $derived.by(() => tally(this.#round?.yards ?? []));
  readonly confirms = $derived.by(() => this.#round?.may.includes('confirm') ?? false);
  readonly communities = $derived.by((): CommunityProgress[] => {
    const yards = this.#round?.yards ?? [];
    return yards
      .filter(({ communityId }, at) => yards.findIndex((yard) => yard.communityId === communityId) === at)
      .map(({ communityId: id, community: name }) => {
        const own = yards.filter(({ communityId }) => communityId === id);
        return { id, name, counts: tally(own), all: own.length };
      });
  });
  readonly shown = $derived.by((): RoundYard[] => {
    // What waits for the street stands on top.
    const rank = (state: Freshness): number => (state === 'submitted' ? -1 : freshnesses.indexOf(state));
    return (this.#round?.yards ?? [])
      .filter(({ communityId }) => this.community === null || communityId === this.community)
      .filter(({ freshness }) => this.only === null || freshness === this.only)
      .sort((a, b) => rank(a.freshness) - rank(b.freshness) || a.address.localeCompare(b.address, 'zh'));
  });
  readonly waiting = $derived.by(() => this.shown.filter(({ freshness }) => freshness === 'submitted'));
  readonly picked = $derived.by(() => this.waiting.filter(({ id }) => this.#picked.includes(id)));

  open(): () => void {
    void this.refresh();
    const timer = setInterval(() => !document.hidden && void this.refresh(), again);
    return () => clearInterval(timer);
  }

  refresh = async (): Promise<void> => {
    try {
      this.#round = await readRound(this.topic);
      this.#error = null;
    } catch (cause) {
      this.#error = cause instanceof ApiError ? cause : new ApiError(0, 'unknown');
    }
    this.#loaded = true;
  };

  pick(yard: number, on: boolean): void {
    const others = this.#picked.filter((id) => id !== yard);
    this.#picked = on ? [...others, yard] : others;
  }
  pickAll(on: boolean): void {
    this.#picked = on ? this.waiting.map(({ id }) => id) : [];
  }

  /** Confirms these, or returns them all with one remark; what was refused is told yard by yard. */
  async judge(yards: readonly RoundYard[], remark: string | null): Promise<void> {
    const round = this.#round;
    if (!round || this.#busy) return;
    this.#busy = true;
    this.#failures = [];
    const failures: Failure[] = [];
    for (const yard of yards) {
      try {
        const { id, version } = yard;
        const { state, version: now } =
          remark === null
            ? await confirmProfile(id, round.quarter, version)
            : await returnProfile(id, round.quarter, version, remark);
        this.#learn(id, state, now);
      } catch (cause) {
        failures.push({ yard, error: cause instanceof ApiError ? cause : new ApiError(0, 'unknown') });
      }
    }
    this.#failures = failures;
    this.#picked = failures.map(({ yard }) => yard.id);
    this.#busy = false;
    await this.refresh();
  }

  #learn(id: number, freshness: Freshness, version: number): void {
    if (!this.#round) return;
    const yards = this.#round.yards.map((yard) => (yard.id === id ? { ...yard, freshness, version } : yard));
    this.#round = { ...this.#round, yards };
  }
}
