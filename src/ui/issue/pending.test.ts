import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ApiError } from '../../core/api-error.ts';
import { Pending, type Held } from './pending.svelte.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const held = (issue = 1, send: () => Promise<void> = async () => undefined): Held => ({
  issue,
  label: `受理 ${issue}`,
  send: vi.fn(send),
  undo: vi.fn(),
});

it('sends after five seconds, once', async () => {
  const pending = new Pending();
  const pressed = held();
  pending.hold(pressed);
  await vi.advanceTimersByTimeAsync(4900);
  expect(pressed.send).not.toHaveBeenCalled();
  expect(pending.of(1)?.left).toBe(1);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(pressed.send).toHaveBeenCalledOnce();
  expect(pending.all).toEqual([]);
});

it('never sends what was taken back', async () => {
  const pending = new Pending();
  const [first, last] = [held(1), held(2)];
  pending.hold(first);
  pending.hold(last);
  expect(pending.undoLast()?.held).toBe(last);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(last.undo).toHaveBeenCalledOnce();
  expect(last.send).not.toHaveBeenCalled();
  expect(first.send).toHaveBeenCalledOnce();
  expect(pending.undoLast()).toBeNull();
});

it('cannot take back what is on its way', () => {
  const pending = new Pending();
  const pressed = held(1, () => new Promise(() => undefined));
  pending.hold(pressed);
  const waiting = pending.of(1);
  if (!waiting) throw new Error('It should wait.');
  void pending.send(waiting);
  void pending.send(waiting);
  expect(pending.undo(waiting)).toBe(false);
  expect(pressed.send).toHaveBeenCalledOnce();
});

it('tells of what failed where its issue is not open, and can send it again', async () => {
  const pending = new Pending();
  let online = false;
  const pressed = held(1, () => (online ? Promise.resolve() : Promise.reject(new ApiError(0, 'offline'))));
  pending.show(2);
  pending.hold(pressed);
  expect(await pending.sendAll()).toBe(false);
  const [failed] = pending.elsewhere;
  expect(failed?.error?.code).toBe('offline');
  expect(pending.of(1)).toBeNull();
  online = true;
  expect(failed && (await pending.send(failed))).toBe(true);
  expect(pending.all).toEqual([]);
});

it('leaves it to the open panel to tell what failed there', async () => {
  const pending = new Pending();
  pending.show(1);
  pending.hold(held(1, () => Promise.reject(new ApiError(409, 'stale_version'))));
  expect(pending.elsewhere).toEqual([]);
  expect(await pending.sendAll()).toBe(false);
  expect(pending.all).toEqual([]);
});

it('stands still while somebody is at its buttons, and sends nothing after they are gone', async () => {
  const pending = new Pending();
  const pressed = held();
  pending.hold(pressed);
  pending.paused = true;
  await vi.advanceTimersByTimeAsync(20_000);
  expect(pressed.send).not.toHaveBeenCalled();
  pending.paused = false;
  pending.clear();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(pressed.send).not.toHaveBeenCalled();
});
