import { expect, it } from 'vitest';
import { groupLetters, letterGroup } from './letter-card.ts';
import type { LetterCard } from './letter-card.ts';

const now = Date.parse('2026-11-23T10:00:00+08:00');
const letter = (id: number, change: Partial<LetterCard> = {}): LetterCard => ({
  id,
  number: `函〔2026〕${id}号`,
  issue_id: id,
  issue_number: `2026-${id}`,
  what: '电线杆歪了',
  courtyard: null,
  addressee: '国网青羊供电中心',
  title: '关于电线杆的函',
  due_on: '2026-11-30',
  sent_at: '2026-11-20T10:00:00+08:00',
  reply: null,
  replied_at: null,
  office: '少城街道',
  mine: true,
  awaited: true,
  ...change,
});

it('a letter is due until six in the evening of its day', () => {
  const today = letter(1, { due_on: '2026-11-23' });
  expect(letterGroup(today, now)).toBe('soon');
  expect(letterGroup(today, Date.parse('2026-11-23T18:00:00+08:00'))).toBe('late');
  expect(letterGroup(letter(1, { due_on: '2026-11-27' }), now)).toBe('waiting');
});

it('letters stand late first, and those that ended by the latest reply', () => {
  const letters = [
    letter(1),
    letter(2, { due_on: '2026-11-20' }),
    letter(3, { due_on: '2026-11-18' }),
    letter(4, { replied_at: '2026-11-21T10:00:00+08:00', awaited: false }),
    letter(5, { replied_at: '2026-11-22T10:00:00+08:00', awaited: false }),
    letter(6, { awaited: false, due_on: '2026-11-18' }),
  ];
  expect(groupLetters(letters, now).map(({ group, letters: of }) => [group, of.map(({ id }) => id)])).toEqual(
    [
      ['late', [3, 2]],
      ['waiting', [1]],
      ['replied', [5, 4]],
      ['over', [6]],
    ],
  );
});
