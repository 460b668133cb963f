import * as v from 'valibot';
import type { Child } from '../dom.ts';
import type { FollowKit } from '../follow-kit.ts';

const Kept = v.object({
  name: v.nullable(v.string()),
  address: v.nullable(v.string()),
  phone: v.nullable(v.string()),
  helper: v.nullable(v.string()),
  forgotten_at: v.nullable(v.string()),
  photos: v.number(),
  seen: v.array(v.object({ at: v.string(), reason: v.string() })),
});

const fields = ['name', 'address', 'phone'] as const;

/** What is kept of the resident with one report: seen, corrected, or deleted for good. */
export class MyData {
  private kept: v.InferOutput<typeof Kept> | null = null;
  private typed = { name: '', address: '', phone: '' };
  private said: 'saved' | 'failed' | null = null;
  private busy = false;
  private sure = false;

  constructor(
    private readonly kit: FollowKit,
    private readonly key: string,
    private readonly changed: () => void,
    private readonly look: () => Promise<void>,
  ) {}

  /** Fetched when somebody opens it: it is nobody else's business, and costs a request. */
  private async load(): Promise<void> {
    if (this.kept) return;
    await this.work(async () => this.take(await this.kit.ask('my_data', { key: this.key })));
  }

  private take(raw: unknown): void {
    this.kept = v.parse(Kept, raw);
    const { name, address, phone } = this.kept;
    this.typed = { name: name ?? '', address: address ?? '', phone: phone ?? '' };
  }

  private async work(task: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.said = null;
    this.changed();
    try {
      await task();
    } catch {
      this.said = 'failed';
    }
    this.busy = false;
    this.changed();
  }

  private save(): void {
    void this.work(async () => {
      const { name, address, phone } = this.typed;
      const helper = this.kept?.helper ?? null;
      this.take(
        await this.kit.ask('correct_my_data', {
          key: this.key,
          name,
          address,
          phone: phone.trim() || null,
          helper,
        }),
      );
      this.said = 'saved';
    });
  }

  private forget(): void {
    if (!this.sure) {
      this.sure = true;
      return this.changed();
    }
    void this.work(async () => {
      await this.kit.ask('forget_me', { key: this.key });
      this.kept = null;
      await this.load();
      await this.look();
    });
  }

  view(): Child {
    const { h, t } = this.kit;
    const ontoggle = ({ target }: Event) => {
      if (target instanceof HTMLDetailsElement && target.open) void this.load();
    };
    return h(
      'details.card',
      { key: 'my-data', ontoggle },
      h('summary', {}, h('b', {}, t('data.title')), h('p.soft', {}, t('data.lead'))),
      this.kept?.forgotten_at ? h('p', { role: 'status' }, t('data.gone')) : this.form(),
    );
  }

  private form(): Child {
    const { h, t, field, button, mainButton, moment } = this.kit;
    const { kept } = this;
    if (!kept)
      return h('p.soft', { role: 'status' }, t(this.said === 'failed' ? 'data.failed' : 'data.loading'));
    return [
      fields.map((id) =>
        field({
          id: `my-${id}`,
          label: t(`data.${id}`),
          value: this.typed[id],
          max: 100,
          optional: id === 'phone',
          oninput: (value) => {
            this.typed[id] = value;
            this.changed();
          },
        }),
      ),
      kept.helper ? h('p.soft', {}, t('data.helper', { helper: kept.helper })) : null,
      h('p.soft', {}, t('data.photos', { count: kept.photos })),
      kept.seen.length > 0
        ? h(
            'ul',
            {},
            kept.seen.map(({ at, reason }) =>
              h('li.soft', { key: at }, t('data.seen', { when: moment(at), reason })),
            ),
          )
        : h('p.soft', {}, t('data.unseen')),
      this.said && h('p', { role: 'status' }, t(`data.${this.said}`)),
      mainButton(this.busy, t('data.save'), () => this.save()),
      h('p.soft', {}, t('data.forgetMeans')),
      button('.wide', () => this.forget(), t(this.sure ? 'data.sure' : 'data.forget')),
    ];
  }
}
