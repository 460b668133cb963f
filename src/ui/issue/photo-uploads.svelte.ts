import type { PhotoSender } from '../../core/staff-photos.ts';

/** The photos of one action on their way up. */
export class PhotoUpload {
  /** The number, to tell of it. */
  readonly number: string;
  readonly count: number;
  /** Called when all are up. */
  readonly arrived: () => void;
  done = $state(0);
  state = $state<'going' | 'failed'>('going');
  #left: { path: string; photo: Blob }[];
  #sender: PhotoSender;

  constructor(
    number: string,
    left: { path: string; photo: Blob }[],
    sender: PhotoSender,
    arrived: () => void,
  ) {
    this.number = number;
    this.arrived = arrived;
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

  /** Begins, or tries again what is left. */
  async start(upload: PhotoUpload): Promise<void> {
    if (!this.#all.includes(upload)) this.#all = [...this.#all, upload];
    if (!(await upload.run())) return;
    this.dismiss(upload);
    upload.arrived();
  }

  dismiss(upload: PhotoUpload): void {
    this.#all = this.#all.filter((other) => other !== upload);
  }
}

export const photoUploads = new PhotoUploads();
