import { expect, it } from 'vitest';
import { eachEngine } from './harness.ts';

eachEngine('working time', (db) => {
  const after = async (since: string, minutes: number) =>
    new Date(
      String(
        await db.value('select private.after_working_minutes($1::timestamptz, $2::int)', [since, minutes]),
      ),
    );

  // Monday 23 November 2026; hours 9–12 and 13–18
  it.each([
    ['within the morning', '2026-11-23T09:30:00+08:00', 60, '2026-11-23T10:30:00+08:00'],
    ['to the very end of the morning', '2026-11-23T11:00:00+08:00', 60, '2026-11-23T12:00:00+08:00'],
    ['over lunch', '2026-11-23T11:30:00+08:00', 60, '2026-11-23T13:30:00+08:00'],
    ['over night', '2026-11-23T17:30:00+08:00', 60, '2026-11-24T09:30:00+08:00'],
    ['reported at night', '2026-11-23T23:50:00+08:00', 60, '2026-11-24T10:00:00+08:00'],
    ['over the weekend', '2026-11-27T17:00:00+08:00', 120, '2026-11-30T10:00:00+08:00'],
    ['a whole working day', '2026-11-23T09:00:00+08:00', 480, '2026-11-23T18:00:00+08:00'],
    ['over the National Day week', '2026-09-30T17:00:00+08:00', 120, '2026-10-08T10:00:00+08:00'],
    ['on the make-up Saturday', '2026-10-09T17:30:00+08:00', 60, '2026-10-10T09:30:00+08:00'],
  ])('%s', async (_, since, minutes, due) => {
    expect(await after(since, minutes)).toEqual(new Date(due));
  });
});
