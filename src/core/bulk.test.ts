import { expect, it } from 'vitest';
import { ApiError } from './api-error.ts';
import {
  bulkAllows,
  dispatchLacks,
  dispatchPayload,
  mergeOrders,
  sendsAgain,
  sideBySide,
  takesMerges,
  type BulkRow,
} from './bulk.ts';

const row = (some: Partial<BulkRow>): BulkRow => ({
  id: 1,
  number: '2611-00001',
  what: '',
  version: 1,
  state: 'submitted',
  holder_level: 'community',
  mine: true,
  category: 'leak',
  ...some,
});

it('offers each action only where the loop’s table has it', () => {
  expect(bulkAllows('accept', row({}), 'community')).toBe(true);
  expect(bulkAllows('accept', row({ state: 'handling' }), 'community')).toBe(false);
  expect(bulkAllows('accept', row({ mine: false, holder_level: 'courtyard' }), 'community')).toBe(true);
  expect(bulkAllows('accept', row({ mine: false, holder_level: 'courtyard' }), 'street')).toBe(false);
  expect(bulkAllows('accept', row({ mine: false, holder_level: 'street' }), 'community')).toBe(false);
  expect(bulkAllows('hand_up', row({ state: 'handling' }), 'community')).toBe(true);
  expect(bulkAllows('hand_up', row({}), 'community')).toBe(false);
  expect(bulkAllows('hand_up', row({ state: 'handling', holder_level: 'street' }), 'street')).toBe(false);
  expect(bulkAllows('hand_up', row({ state: 'handling', mine: false }), 'community')).toBe(false);
  expect(bulkAllows('dispatch', row({ holder_level: 'street' }), 'street')).toBe(true);
  expect(bulkAllows('dispatch', row({ holder_level: 'street', state: 'resolved' }), 'street')).toBe(false);
  expect(bulkAllows('dispatch', row({}), 'community')).toBe(false);
  expect(bulkAllows('merge', row({ state: 'handling' }), 'community')).toBe(true);
  expect(bulkAllows('merge', row({ holder_level: 'courtyard' }), 'courtyard')).toBe(false);
  expect(bulkAllows('merge', row({ mine: false }), 'community')).toBe(false);
});

it('asks a ruling of a department that does not lead the category, and only then', () => {
  expect(dispatchLacks({ department: null, ruling: '' }, 7)).toBe('department');
  expect(dispatchLacks({ department: 7, ruling: '' }, 7)).toBeNull();
  expect(dispatchLacks({ department: 8, ruling: ' ' }, 7)).toBe('ruling');
  expect(dispatchLacks({ department: 8, ruling: '归市政' }, null)).toBeNull();
  expect(dispatchPayload({ department: 7, ruling: '写了又改回来' }, 7)).toEqual({ department_id: 7 });
  expect(dispatchPayload({ department: 8, ruling: ' 归市政 ' }, 7)).toEqual({
    department_id: 8,
    ruling: '归市政',
  });
});

it('merges the others into the one that stays, whoever holds that', () => {
  const rows = [
    row({ number: 'a', mine: false, holder_level: 'courtyard' }),
    row({ number: 'b' }),
    row({ number: 'c', state: 'resolved' }),
  ];
  expect(mergeOrders(rows, 'a', 'community').map((order) => order.row.number)).toEqual(['b']);
  expect(mergeOrders(rows, 'b', 'community')).toEqual([]);
  expect(rows.map(takesMerges)).toEqual([true, true, true]);
  expect(takesMerges(row({ state: 'closed' }))).toBe(false);
});

it('sends the same request again only when no answer was given', () => {
  expect(sendsAgain(new ApiError(0, 'timeout'))).toBe(true);
  expect(sendsAgain(new ApiError(401, 'not_signed_in'))).toBe(true);
  expect(sendsAgain(new ApiError(409, 'stale_version'))).toBe(false);
});

it('works through everything with no more at a time than allowed', async () => {
  let now = 0;
  let peak = 0;
  const done: number[] = [];
  await sideBySide([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    peak = Math.max(peak, ++now);
    await Promise.resolve();
    await Promise.resolve();
    done.push(item);
    now--;
  });
  expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(peak).toBe(3);
  await sideBySide([], 3, () => Promise.reject(new Error('nothing to do')));
});
