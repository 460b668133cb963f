import type { Child } from '../dom.ts';
import type { FollowKit } from '../follow-kit.ts';

/** What the offices photographed when the work was done: fetched with the report's own key, shown to nobody else. */
export class Results {
  private readonly urls = new Map<string, string | null>();

  constructor(
    private readonly kit: FollowKit,
    private readonly key: string,
    private readonly changed: () => void,
  ) {}

  async show(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      if (this.urls.has(path)) continue;
      this.urls.set(path, null);
      const photo = await this.kit.fetchPhoto(path, this.key).catch(() => null);
      if (photo) this.urls.set(path, URL.createObjectURL(photo));
      else this.urls.delete(path);
      this.changed();
    }
  }

  view(): Child {
    const { h, t } = this.kit;
    const shown = [...this.urls.values()].filter((url) => url !== null);
    if (shown.length === 0) return null;
    return h(
      'section.card',
      { key: 'results' },
      h('h3', {}, t('results.title')),
      h(
        'ul.tray',
        {},
        shown.map((url, at) =>
          h(
            'li',
            { key: url },
            h(
              'a',
              { href: url, target: '_blank' },
              h('img', { src: url, alt: t('results.alt', { n: at + 1 }) }),
            ),
          ),
        ),
      ),
    );
  }
}
