import * as v from 'valibot';
import { newParcelCode, parcelName, readParcelCode, seal, unseal } from '../../core/parcel.ts';
import type { Child } from '../dom.ts';
import type { FollowKit } from '../follow-kit.ts';

const Sent = v.object({
  key: v.string(),
  number: v.string(),
  courtyard: v.string(),
  what: v.string(),
  at: v.number(),
});

/** Takes the reports of this phone to another one: a code read off here and typed there, good for ten minutes. */
export class Move {
  private code: string | null = null;
  private typed = '';
  private said: 'busy' | 'failed' | 'wrong' | 'done' | null = null;
  private count = 0;

  constructor(
    private readonly kit: FollowKit,
    private readonly changed: () => void,
  ) {}

  private async work(task: () => Promise<void>): Promise<void> {
    this.said = 'busy';
    this.changed();
    try {
      await task();
    } catch (cause) {
      this.said = cause instanceof Error && cause.message === 'parcel_unknown' ? 'wrong' : 'failed';
    }
    this.changed();
  }

  private leave(): void {
    void this.work(async () => {
      const code = newParcelCode();
      const reports = this.kit
        .sentReports()
        .map(({ key, number, courtyard, what, at }) => ({ key, number, courtyard, what, at }));
      await this.kit.ask('leave_parcel', {
        name: parcelName(code),
        sealed: seal(code, JSON.stringify(reports)),
      });
      this.code = code;
      this.said = null;
    });
  }

  private fetch(): void {
    const code = readParcelCode(this.typed);
    if (!code) {
      this.said = 'wrong';
      return this.changed();
    }
    void this.work(async () => {
      const sealed = await this.kit.ask('fetch_parcel', { name: parcelName(code) });
      const opened = unseal(code, String(sealed));
      if (opened === null) throw new Error('parcel_unknown');
      const reports = v.parse(v.pipe(v.string(), v.parseJson(), v.array(Sent)), opened);
      for (const report of reports) this.kit.rememberSent({ ...report, uploads: [] });
      this.count = reports.length;
      this.said = 'done';
    });
  }

  view(): Child {
    const { h, t, button, field } = this.kit;
    const { said, code } = this;
    const has = this.kit.sentReports().length > 0;
    return h(
      'section.card',
      { key: 'move' },
      h('h2', {}, t('move.open')),
      has && h('p.soft', {}, t('move.from')),
      has &&
        (code
          ? h(
              'p.parcel',
              { role: 'status' },
              h('b', {}, code.replace(/(.{4})(?=.)/g, '$1-')),
              h('span.soft', {}, t('move.code')),
            )
          : button('.wide', () => this.leave(), t('move.make'))),
      field({
        id: 'parcel',
        label: t('move.to'),
        hint: t('move.hint'),
        value: this.typed,
        max: 20,
        oninput: (value) => {
          this.typed = value;
          this.changed();
        },
      }),
      button('.wide', () => this.fetch(), t('move.fetch')),
      said &&
        h(
          'p',
          { role: said === 'wrong' || said === 'failed' ? 'alert' : 'status' },
          t(`move.${said}`, { count: this.count }),
        ),
    );
  }
}
