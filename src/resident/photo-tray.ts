import type { StoredPhoto } from './photo-store.ts';

export type TrayFault = 'bad' | 'large' | 'many' | 'failed';

/** The photos of a report being written: shrunk when chosen, kept on the phone, shown small. */
export class PhotoTray {
  photos: readonly (StoredPhoto & { url: string })[] = [];
  working = false;
  fault: TrayFault | null = null;

  private readonly key: () => string;
  private readonly max: number;
  private readonly changed: () => void;

  /** `key`: the draft's key, under which photos are kept. `changed`: called whenever there is something new to draw. */
  constructor(key: () => string, max: number, changed: () => void) {
    this.key = key;
    this.max = max;
    this.changed = changed;
  }

  get full(): boolean {
    return this.photos.length >= this.max;
  }

  /** Shows again what an earlier visit kept. */
  async restore(): Promise<void> {
    try {
      const { photosOf } = await import('./photo-file.ts');
      for (const kept of await photosOf(this.key())) this.show(kept);
    } catch {
      return;
    }
    this.changed();
  }

  async add(files: readonly File[]): Promise<void> {
    this.fault = null;
    this.working = true;
    this.changed();
    try {
      const { shrinkPhoto, keepPhoto } = await import('./photo-file.ts');
      for (const file of files) {
        if (this.full) {
          this.fault = 'many';
          break;
        }
        const photo = await shrinkPhoto(file);
        if (typeof photo === 'string') this.fault = photo;
        else this.show({ id: await keepPhoto(this.key(), photo), photo });
      }
    } catch {
      this.fault = 'failed';
    }
    this.working = false;
    this.changed();
  }

  async remove(id: string): Promise<void> {
    this.photos = this.photos.filter((photo) => photo.id !== id);
    this.fault = null;
    this.changed();
    await (await import('./photo-file.ts')).forgetPhoto(id);
  }

  private show(kept: StoredPhoto): void {
    this.photos = [...this.photos, { ...kept, url: URL.createObjectURL(kept.photo) }];
  }
}
