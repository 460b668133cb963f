import type { Child } from '../dom.ts';
import type { FollowKit } from '../follow-kit.ts';
import { fromBase64url, toBase64url } from './base64url.ts';

/** News of a report by web push, where browser and server can; the others look at the page, or are called. */
export class PushChoice {
  private serverKey: string | null = null;
  private state: 'off' | 'on' | 'busy' | 'refused' | 'failed' = 'off';

  constructor(
    private readonly kit: FollowKit,
    private readonly key: string,
    private readonly number: () => string,
    private readonly changed: () => void,
  ) {}

  /** Finds out whether this phone can be told, and whether it is. */
  async open(): Promise<void> {
    if (!('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window)) return;
    const key = await this.kit.ask('push_key', {}).catch(() => null);
    if (typeof key !== 'string') return;
    this.serverKey = key;
    const own = await (await navigator.serviceWorker.getRegistration('/t/'))?.pushManager.getSubscription();
    if (own && this.remembered()) this.state = 'on';
    else if (Notification.permission === 'denied') this.state = 'refused';
    this.changed();
  }

  private slot = () => `courtyard.push.${this.key.slice(0, 6)}`;
  private remembered(): boolean {
    try {
      return localStorage.getItem(this.slot()) === '1';
    } catch {
      return false;
    }
  }

  private async turnOn(): Promise<void> {
    this.state = 'busy';
    this.changed();
    try {
      const made = await this.subscribe();
      const part = (name: PushEncryptionKeyName) => toBase64url(new Uint8Array(made.getKey(name) ?? []));
      await this.kit.ask('follow_by_push', {
        key: this.key,
        endpoint: made.endpoint,
        p256dh: part('p256dh'),
        auth: part('auth'),
      });
      const { t } = this.kit;
      const number = this.number();
      await this.kit
        .putFollowed(number, { key: this.key, title: t('news.title'), body: t('news.body', { number }) })
        .catch(() => undefined);
      this.state = 'on';
      localStorage.setItem(this.slot(), '1');
    } catch {
      this.state = Notification.permission === 'denied' ? 'refused' : 'failed';
    }
    this.changed();
  }

  /** One subscription serves all reports of this phone. One made for another server's key is of no use. */
  private async subscribe(): Promise<PushSubscription> {
    const { pushManager } = await navigator.serviceWorker.ready;
    const wanted = { userVisibleOnly: true, applicationServerKey: fromBase64url(this.serverKey ?? '') };
    const old = await pushManager.getSubscription();
    const key = old?.options.applicationServerKey;
    if (key && toBase64url(new Uint8Array(key)) !== this.serverKey) await old.unsubscribe();
    return pushManager.subscribe(wanted);
  }

  private async turnOff(): Promise<void> {
    const own = await (await navigator.serviceWorker.getRegistration('/t/'))?.pushManager.getSubscription();
    if (own)
      await this.kit.ask('unfollow_by_push', { key: this.key, endpoint: own.endpoint }).catch(() => null);
    localStorage.removeItem(this.slot());
    this.state = 'off';
    this.changed();
  }

  view(): Child {
    if (!this.serverKey) return null;
    const { h, t, button } = this.kit;
    const { state } = this;
    return h(
      'section.card',
      { key: 'push' },
      h('p', { role: 'status' }, t(`push.${state}`)),
      state === 'on'
        ? button('.wide', () => void this.turnOff(), t('push.stop'))
        : state !== 'refused' && button('.wide', () => void this.turnOn(), t('push.start')),
    );
  }
}
