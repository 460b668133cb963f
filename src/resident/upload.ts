import { home } from '../data/resident-wire.ts';
import { rememberSent } from './memory.ts';
import type { Sent } from './memory.ts';

/** Brings a sent report's photos up, after the receipt and never in its way. */
export class Upload {
  readonly count: number;
  done = 0;
  state: 'going' | 'done' | 'failed' = 'going';

  private sent: Sent;
  private readonly changed: () => void;

  constructor(sent: Sent, changed: () => void) {
    this.sent = sent;
    this.count = sent.uploads.length;
    this.changed = changed;
  }

  get key(): string {
    return this.sent.key;
  }

  /** Uploads what is left; may be called again after a failure. */
  async run(): Promise<void> {
    this.state = 'going';
    this.changed();
    try {
      const { photosOf, forgetPhoto, bringPhoto } = await import('./photo-file.ts');
      const photos = await photosOf(this.sent.key);
      for (const path of this.sent.uploads) {
        // A path ends in the photo's place among its report's photos, counted from 1.
        const photo = photos[Number(/(\d+)\.jpg$/.exec(path)?.[1]) - 1];
        if (photo) await bringPhoto(home(), path, photo);
        this.sent = { ...this.sent, uploads: this.sent.uploads.filter((other) => other !== path) };
        rememberSent(this.sent);
        this.done += 1;
        this.changed();
      }
      for (const { id } of photos) await forgetPhoto(id);
      this.state = 'done';
    } catch {
      this.state = 'failed';
    }
    this.changed();
  }
}
