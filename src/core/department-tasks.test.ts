import { expect, it } from 'vitest';
import { departmentTasks } from './department-tasks.ts';
import type { Queued } from './queues.ts';

const issue = (id: number, change: Partial<Queued> = {}): Queued => ({
  id,
  state: 'handling',
  step: 'handle',
  asked: null,
  holderLevel: 'department',
  holder: '供排水抢修站',
  dueAt: id * 1000,
  ...change,
});
const works = { holds: ({ holder }: { holder: string }) => holder === '供排水抢修站' };

it('a department’s desk tells lead, assist and solved apart, each by its own clock', () => {
  const elsewhere = { holder: '环卫所', dueAt: 1 };
  const tasks = departmentTasks(
    [
      issue(1, { dueAt: null }),
      issue(2),
      issue(3, { state: 'resolved', step: 'verify' }),
      issue(4, elsewhere),
      issue(5, elsewhere),
      issue(6, elsewhere),
      issue(7, { state: 'closed', step: null }),
    ],
    works,
    new Map([
      [4, { open: true, due: 9000 }],
      [5, { open: true, due: 8000 }],
      [6, { open: false, due: null }],
    ]),
  );
  expect(tasks.lead.map(({ id }) => id)).toEqual([2, 1]);
  expect(tasks.assist.map(({ id, dueAt }) => [id, dueAt])).toEqual([
    [5, 8000],
    [4, 9000],
  ]);
  expect(tasks.waiting.map(({ id }) => id)).toEqual([3]);
});

it('what it leads itself is not assisting too', () => {
  expect(departmentTasks([issue(2)], works, new Map([[2, { open: true, due: 1 }]])).assist).toEqual([]);
});
