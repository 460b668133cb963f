import type { Pick } from '../map/live-map.ts';

export type Tip = { title: string; more: string };

/** What the hint beside the pointer says of what others drew on the map; null leaves it to the screen. */
class Tips {
  #say = $state.raw<(pick: Pick) => Tip | null>(() => null);

  /** Lets `say` answer from now on; gives the function that ends it. */
  by(say: (pick: Pick) => Tip | null): () => void {
    this.#say = say;
    return () => {
      if (this.#say === say) this.#say = () => null;
    };
  }

  of(pick: Pick): Tip | null {
    return this.#say(pick);
  }
}

export const tips = new Tips();
