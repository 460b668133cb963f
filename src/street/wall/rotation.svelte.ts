import { sceneAfter } from '../../core/wall/wall-options.ts';
import type { Scene, WallOptions } from '../../core/wall/wall-options.ts';

/** Which scene is on, and when the next one comes. */
export class Rotation {
  readonly #options: WallOptions;
  #scene = $state<Scene>('live');
  #paused = $state(false);
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** Told before each change by itself; gives true when the page is about to go, so that nothing else changes. */
  readonly #onturn: () => Promise<boolean>;

  constructor(options: WallOptions, onturn: () => Promise<boolean>) {
    this.#options = options;
    this.#onturn = onturn;
    this.#scene = options.scenes[0] ?? 'live';
  }

  get scene(): Scene {
    return this.#scene;
  }
  get paused(): boolean {
    return this.#paused;
  }
  get order(): readonly Scene[] {
    return this.#options.scenes;
  }

  /** Begins to turn; gives the function that ends it. */
  start(): () => void {
    this.#wait();
    return () => this.#stop();
  }

  step(by: number): void {
    this.#scene = sceneAfter(this.order, this.#scene, by);
    this.#wait();
  }

  toggle(): void {
    this.#paused = !this.#paused;
    this.#wait();
  }

  #stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #wait(): void {
    this.#stop();
    if (this.#paused) return;
    this.#timer = setTimeout(async () => {
      if (!(await this.#onturn())) this.step(1);
    }, this.#options.every * 1000);
  }
}
