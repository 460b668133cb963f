import { expect, it } from 'vitest';
import { boardRows, boardSums, clockTone } from './clock-board.ts';
import type { ClockCount } from './clock-board.ts';

const count = (office: string, change: Partial<ClockCount> = {}): ClockCount => ({
  office,
  level: 'community',
  area_id: office.length,
  department_id: null,
  step: 'handle',
  running: 1,
  soon: 0,
  late: 0,
  ...change,
});

it('offices stand from the street down, those with most late first', () => {
  const rows = boardRows([
    count('宽巷子社区', { area_id: 4 }),
    count('文翁社区', { area_id: 5, late: 2, running: 3 }),
    count('少城街道', { level: 'street', area_id: 1, step: 'dispatch', soon: 1 }),
    count('文翁社区', { area_id: 5, step: 'accept', running: 2, soon: 1 }),
    count('环卫所', { level: 'department', area_id: null, department_id: 8 }),
  ]);
  expect(rows.map(({ office }) => office)).toEqual(['少城街道', '环卫所', '文翁社区', '宽巷子社区']);
  expect(rows[2]).toMatchObject({
    steps: { handle: { running: 3, late: 2 }, accept: { running: 2, soon: 1 } },
    total: { running: 5, soon: 1, late: 2 },
  });
  expect(boardSums(rows)).toMatchObject({
    clocks: ['accept', 'dispatch', 'handle'],
    sums: { handle: { running: 5, late: 2 } },
    total: { running: 8, soon: 2, late: 2 },
  });
});

it('two offices of one name stay two rows', () => {
  expect(boardRows([count('一网格', { area_id: 1 }), count('一网格', { area_id: 2 })])).toHaveLength(2);
});

it('a clock is soon from its warning on, a letter on its last day', () => {
  const due_at = '2026-11-23T18:00:00+08:00';
  const at = (clock: string) => Date.parse(`2026-11-${clock}:00+08:00`);
  const warned = { due_at, warn_at: '2026-11-23T16:00:00+08:00' };
  expect(clockTone(warned, at('23T15:59'))).toBe('running');
  expect(clockTone(warned, at('23T16:00'))).toBe('soon');
  expect(clockTone(warned, at('23T18:00'))).toBe('late');
  expect(clockTone({ due_at, warn_at: null }, at('22T17:59'))).toBe('running');
  expect(clockTone({ due_at, warn_at: null }, at('22T18:00'))).toBe('soon');
});
