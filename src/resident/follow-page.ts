import { ApiError } from '../core/api-error.ts';
import { readTrackingKey } from '../core/tracking-key.ts';
import { Delivery } from './delivery.ts';
import { h } from './dom.ts';
import type { Child, Drawn } from './dom.ts';
import { followKit } from './follow-kit.ts';
import { t } from './follow-words.ts';
import { Frame, hangPlaque } from './frame.ts';
import type { More } from './more/more.ts';
import type { Move } from './more/move.ts';
import { button, gate, heading } from './parts.ts';
import { mine, shutScreen, uploadLine } from './shared-screens.ts';
import { stay } from './stay.ts';
import { Track } from './track.ts';
import { trackScreen } from './track-screen.ts';

type Screen =
  | { kind: 'opening' }
  | { kind: 'home' }
  | { kind: 'shut'; error: ApiError }
  | { kind: 'track'; track: Track };

/** `/` without a code: how to report, and the way in for staff. */
function homeScreen(): Drawn {
  return h(
    'div.stack',
    {},
    h('section.card.shut', {}, gate(), heading(t('home.lead')), h('p', {}, t('home.how'))),
    h(
      'nav.staff',
      { 'aria-labelledby': 'staff' },
      h('span.soft', { id: 'staff' }, t('home.staff')),
      h('a.button', { href: '/street/' }, t('home.street')),
      h('a.button', { href: '/community/' }, t('home.community')),
    ),
  );
}

/** `/t/<key>`: a report followed to its end; `/t/mine`: the installed page; and `/`, for those who come without a code. */
export class FollowPage {
  private screen: Screen = { kind: 'opening' };
  private readonly frame = new Frame(() => this.view());
  private more: More | null = null;
  private move: Move | null = null;
  private readonly delivery = new Delivery(this.frame.draw, () => undefined);

  async open(): Promise<void> {
    const [, room, typed = ''] = location.pathname.split('/');
    if (room !== 't' || typed === 'mine') return this.show({ kind: 'home' });
    const track = new Track(
      readTrackingKey(decodeURIComponent(typed)) ?? '',
      this.frame.draw,
      () => void this.frame.enter(),
    );
    try {
      await track.open();
      if (track.story) hangPlaque(track.story.courtyard);
      this.show({ kind: 'track', track });
      void this.offerMore(track);
    } catch (cause) {
      this.show({ kind: 'shut', error: cause instanceof ApiError ? cause : new ApiError(0, 'unknown') });
    }
  }

  /** What else one may do with a report: fetched when its steps are shown; without a network there is less, and that is all. */
  private async offerMore(track: Track): Promise<void> {
    try {
      const { More } = await import('./more/more.ts');
      this.more = new More(followKit, track.key, this.frame.draw, () => track.again());
      void this.frame.draw();
    } catch {
      this.more = null;
    }
  }

  private async openMove(): Promise<void> {
    const { Move } = await import('./more/move.ts');
    this.move = new Move(followKit, this.frame.draw);
    void this.frame.draw();
  }

  start(): void {
    this.delivery.start();
    stay(
      '/t/',
      () => undefined,
      () => void this.delivery.flush(),
    );
  }

  private show(screen: Screen): void {
    this.screen = screen;
    void this.frame.enter();
  }

  private view(): Child {
    const { screen, delivery } = this;
    switch (screen.kind) {
      case 'opening':
        return null;
      case 'home':
        return [
          mine(delivery, true),
          this.move
            ? this.move.view()
            : button('.wide', () => void this.openMove().catch(() => undefined), t('move.open')),
          homeScreen(),
        ];
      case 'shut':
        return [shutScreen(screen.error, () => void this.open()), mine(delivery)];
      case 'track': {
        const { track } = screen;
        return [
          trackScreen(track, uploadLine(delivery.upload, track.key), () => void this.frame.draw()),
          track.story && this.more?.view(track.story),
          mine(delivery),
        ];
      }
    }
  }
}
