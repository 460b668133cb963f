import type { PhotoSender } from '../../core/staff-photos.ts';

/** The photos of one action on their way up. */
export class PhotoUpload {
  /** The number, to tell of it. */
  readonly number: string;
  readonly count: number;
  done = $state(0);
  state = $state<'going' | 'failed'>('going');
  #left: { path: string; photo: Blob }[];
  #sender: PhotoSender;

  constructor(number: string, left: { path: string; photo: Blob }[], sender: PhotoSender) {
    this.number = number;
    this.count = left.length;
    this.#left = left;
    this.#sender = sender;
  }

  /** Uploads what is left, one after the other; true when all are up. May be called again after a failure. */
  async run(): Promise<boolean> {
    this.state = 'going';
    try {
      for (let next = this.#left[0]; next; next = this.#left[0]) {
        await this.#sender.upload(next.path, next.photo);
        this.#left = this.#left.slice(1);
        this.done++;
      }
      return true;
    } catch {
      this.state = 'failed';
      return false;
    }
  }
}

/** The page's photos on their way, after the action they belong to and never in its way. */
class PhotoUploads {
  #all = $state.raw<readonly PhotoUpload[]>([]);

  get all(): readonly PhotoUpload[] {
    return this.#all;
  }

  /** `arrived` is called when all are up. */
  async start(upload: PhotoUpload, arrived: () => void): Promise<void> {
    if (!this.#all.includes(upload)) this.#all = [...this.#all, upload];
    if (!(await upload.run())) return;
    this.dismiss(upload);
    arrived();
  }

  dismiss(upload: PhotoUpload): void {
    this.#all = this.#all.filter((other) => other !== upload);
  }
}

export const photoUploads = new PhotoUploads();
