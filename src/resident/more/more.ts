/** What a followed report offers beside its steps; loaded when the steps are shown. */
import type { Story } from '../../core/story.ts';
import type { Child } from '../dom.ts';
import type { FollowKit } from '../follow-kit.ts';
import { Addition } from './add.ts';
import { MyData } from './my-data.ts';
import { pictureOf } from './picture.ts';
import { PushChoice } from './push.ts';
import { Results } from './results.ts';

const over = /^(closed|declined|withdrawn)$/;

export class More {
  private readonly addition: Addition;
  private readonly data: MyData;
  private readonly push: PushChoice;
  private readonly results: Results;
  private picture: string | null = null;
  private number = '';

  constructor(
    private readonly kit: FollowKit,
    key: string,
    private readonly changed: () => void,
    look: () => Promise<void>,
  ) {
    this.addition = new Addition(kit, key, changed, look);
    this.data = new MyData(kit, key, changed, look);
    this.push = new PushChoice(kit, key, () => this.number, changed);
    this.results = new Results(kit, key, changed);
    void this.push.open();
  }

  private draw(story: Story): void {
    const { t, moment } = this.kit;
    this.picture = pictureOf({
      title: t('picture.title'),
      number: story.number,
      courtyard: story.courtyard,
      lines: [
        t('track.now', { office: story.responsible }),
        t('track.promise', { when: moment(story.promisedAt) }),
        t('picture.scan'),
      ],
      link: location.href,
    });
    this.changed();
  }

  view(story: Story): Child {
    const { h, t, button } = this.kit;
    this.number = story.number;
    void this.results.show(story.results);
    return [
      this.results.view(),
      !story.held && !over.test(story.state) && this.addition.view(),
      !story.held && !over.test(story.state) && this.push.view(),
      h(
        'section.card',
        { key: 'picture' },
        this.picture
          ? [
              h('img.slip', { src: this.picture, alt: t('picture.alt', { number: story.number }) }),
              h('p.soft', { role: 'status' }, t('picture.keep')),
              h('a.button.wide', { href: this.picture, download: `${story.number}.png` }, t('picture.save')),
            ]
          : button('.wide', () => this.draw(story), t('picture.make')),
      ),
      !story.held && this.data.view(),
    ];
  }
}
