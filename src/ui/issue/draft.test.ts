import { expect, it } from 'vitest';
import { ApiError } from '../../core/api-error.ts';
import { Draft } from './draft.svelte.ts';

const resolve = { action: 'resolve', to_state: 'resolved', to_holder: 'same', must: ['done'], may: [] };
const nothing = async (): Promise<void> => undefined;

function written(): Draft {
  const draft = new Draft();
  draft.start('resolve', 3);
  draft.set('resolve', 'done', '已修好');
  return draft;
}

it('says what is missing and makes no request', () => {
  const draft = new Draft();
  expect(draft.request(resolve, 3)).toBeNull();
  expect(draft.missing).toEqual(['done']);
});

it('gives the same words the same request, other words another', () => {
  const draft = written();
  const [first, again] = [draft.request(resolve, 3), draft.request(resolve, 4)];
  expect(again?.requestId).toBe(first?.requestId);
  draft.set('resolve', 'done', '换了水管');
  expect(draft.request(resolve, 4)?.requestId).not.toBe(first?.requestId);
});

it('opens the form with every word when what waited was refused', async () => {
  const draft = written();
  const request = draft.request(resolve, 3);
  if (!request) throw new Error('Nothing is missing.');
  draft.close();
  const refused = draft.deliver(request, () => Promise.reject(new ApiError(409, 'tasks_open')), nothing);
  await expect(refused).rejects.toMatchObject({ code: 'tasks_open' });
  expect(draft.open).toBe('resolve');
  expect(draft.seen).toBe(3);
  expect(draft.failure?.code).toBe('tasks_open');
  expect(draft.values('resolve')).toEqual({ done: '已修好' });
  await draft.deliver(request, nothing, nothing);
  expect(draft.open).toBeNull();
  expect(draft.values('resolve')).toEqual({});
});

it('announces photos once, and goes on without them when that fails', async () => {
  const draft = written();
  draft.photos = [new Blob(['a']), new Blob(['b'])];
  const asked: number[] = [];
  const sender = {
    upload: nothing,
    promise: async (_: number, count: number) => {
      asked.push(count);
      if (asked.length === 1) throw new ApiError(0, 'offline');
      return ['1.jpg', '2.jpg'];
    },
  };
  expect(await draft.promise(7, sender)).toEqual([]);
  expect((await draft.promise(7, sender)).map(({ path }) => path)).toEqual(['1.jpg', '2.jpg']);
  expect(await draft.promise(7, sender)).toHaveLength(2);
  expect(asked).toEqual([2, 2]);
});
