import { playNext, playStart } from '../../core/filter/time-span.ts';
import type { Bins, Brush } from '../../core/filter/time-span.ts';

export const speeds = [1, 2, 4] as const;
/** Between two steps at the first speed, in milliseconds. */
const pace = 700;

/** Moves the brush over the period by itself, bar by bar. Who wants no motion takes the steps one by one. */
export class Play {
  readonly #now: () => { bins: Bins; brush: Brush };
  readonly #show: (brush: Brush) => void;
  #timer = $state.raw<ReturnType<typeof setInterval> | null>(null);
  #speed = $state<(typeof speeds)[number]>(1);
  /** Steps instead of motion. */
  readonly stepwise = globalThis.matchMedia('(prefers-reduced-motion: reduce)').matches;

  constructor(now: () => { bins: Bins; brush: Brush }, show: (brush: Brush) => void) {
    this.#now = now;
    this.#show = show;
  }

  get running(): boolean {
    return this.#timer !== null;
  }
  get speed(): (typeof speeds)[number] {
    return this.#speed;
  }
  set speed(speed: (typeof speeds)[number]) {
    this.#speed = speed;
    if (this.running) this.#run();
  }

  press(): void {
    if (this.running) this.pause();
    else if (this.stepwise) this.#step();
    else {
      this.#step();
      this.#run();
    }
  }
  pause(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  #run(): void {
    this.pause();
    this.#timer = setInterval(() => this.#step(), pace / this.#speed);
  }

  /** On by one; from the start when all of the period, or its end, is shown. */
  #step(): void {
    const { bins, brush } = this.#now();
    const whole = brush.from <= 0 && brush.to >= bins.count;
    const next = whole ? null : playNext(bins, brush);
    if (next) return this.#show(next);
    if (this.running) this.pause();
    else this.#show(playStart(bins, brush));
  }
}
