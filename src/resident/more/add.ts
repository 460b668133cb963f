import * as v from 'valibot';
import { requestId } from '../../core/request-id.ts';
import { shrinkPhoto } from '../../ui/shrink-photo.ts';
import type { Child } from '../dom.ts';
import type { FollowKit } from '../follow-kit.ts';

const Added = v.object({ photos: v.array(v.string()) });
const most = 3;

/** A word or photos more on a report that is not over. */
export class Addition {
  private words = '';
  private photos: readonly { blob: Blob; url: string }[] = [];
  /** One intention keeps its id until it got through: sent twice, it is added once. */
  private id = requestId();
  private state: 'idle' | 'busy' | 'done' | 'failed' | 'empty' | 'bad' = 'idle';

  constructor(
    private readonly kit: FollowKit,
    private readonly key: string,
    private readonly changed: () => void,
    private readonly look: () => Promise<void>,
  ) {}

  private async choose(files: readonly File[]): Promise<void> {
    for (const file of files.slice(0, most - this.photos.length)) {
      const photo = await shrinkPhoto(file);
      if (typeof photo === 'string') this.state = 'bad';
      else this.photos = [...this.photos, { blob: photo, url: URL.createObjectURL(photo) }];
    }
    this.changed();
  }

  private async send(): Promise<void> {
    const words = this.words.trim();
    if (!words && this.photos.length === 0) this.state = 'empty';
    else {
      this.state = 'busy';
      this.changed();
      try {
        const args = { key: this.key, request_id: this.id, words: words || null, photos: this.photos.length };
        const { photos: paths } = v.parse(Added, await this.kit.ask('add_to_report', args));
        for (const [at, path] of paths.entries()) {
          const photo = this.photos[at];
          if (photo) await this.kit.uploadPhoto(path, photo.blob);
        }
        this.id = requestId();
        this.words = '';
        this.photos = [];
        this.state = 'done';
        await this.look();
      } catch {
        this.state = 'failed';
      }
    }
    this.changed();
  }

  view(): Child {
    const { h, t, field, mainButton } = this.kit;
    const { state } = this;
    const onchange = ({ target }: Event) => {
      if (target instanceof HTMLInputElement) void this.choose([...(target.files ?? [])]);
    };
    return h(
      'details.card',
      { key: 'add' },
      h('summary', {}, h('b', {}, t('add.title'))),
      field({
        id: 'add-words',
        label: t('add.words'),
        value: this.words,
        max: 500,
        optional: true,
        rows: 2,
        oninput: (value) => {
          this.words = value;
          this.changed();
        },
      }),
      h(
        'ul.tray',
        {},
        this.photos.map(({ url }, at) =>
          h('li', { key: url }, h('img', { src: url, alt: t('add.alt', { n: at + 1 }) })),
        ),
      ),
      this.photos.length < most &&
        h(
          'label.button.wide',
          {},
          h('input.unseen', { id: 'add-photo', type: 'file', accept: 'image/*', multiple: true, onchange }),
          t('add.photo'),
        ),
      state !== 'idle' &&
        state !== 'busy' &&
        h('p', { role: state === 'done' ? 'status' : 'alert' }, t(`add.${state}`)),
      mainButton(state === 'busy', t('add.send'), () => void this.send()),
    );
  }
}
