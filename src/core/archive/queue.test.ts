import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ApiError } from '../api-error.ts';
import { Queue, type Entry, type Shelf } from './queue.ts';

interface Body {
  text: string;
}

function memory(): Shelf<Body> & { kept: Map<string, Entry<Body>> } {
  const kept = new Map<string, Entry<Body>>();
  return {
    kept,
    all: () => Promise.resolve([...kept.values()]),
    put: (entry) => Promise.resolve(void kept.set(entry.key, entry)),
    remove: (key) => Promise.resolve(void kept.delete(key)),
  };
}

function keys(): () => string {
  let next = 0;
  return () => `k${next++}`;
}

const offline = (): Promise<never> => Promise.reject(new ApiError(0, 'offline'));

it('keeps only the newest words of a yard as long as nothing was sent', async () => {
  const shelf = memory();
  const queue = new Queue<Body, string>(shelf, () => Promise.resolve('ok'), keys());
  await queue.keep(7, { text: 'a' }, 1);
  await queue.keep(7, { text: 'b' }, 2);
  expect([...shelf.kept.values()].map(({ body }) => body.text)).toEqual(['b']);
});

it('sends what may have arrived again under its own key, and newer words after it', async () => {
  const shelf = memory();
  const sent: string[] = [];
  let online = false;
  const send = (entry: Entry<Body>): Promise<string> => {
    sent.push(`${entry.key}:${entry.body.text}`);
    return online ? Promise.resolve('ok') : offline();
  };
  const first = new Queue<Body, string>(shelf, send, keys());
  await first.keep(7, { text: 'a' }, 1);
  await first.flush();
  await first.keep(7, { text: 'b' }, 2);
  online = true;
  // The tab was closed: another queue finds the same shelf.
  await new Queue<Body, string>(shelf, send, () => 'later').flush();
  expect(sent).toEqual(['k0:a', 'k0:a', 'k1:b']);
  expect(shelf.kept.size).toBe(0);
});

it('hands back what the server refuses, keeps what came after it for its writer, and lets other yards go on', async () => {
  const shelf = memory();
  const queue = new Queue<Body, string>(
    shelf,
    ({ yard }) => (yard === 1 ? Promise.reject(new ApiError(409, 'stale_profile')) : Promise.resolve('ok')),
    keys(),
  );
  await queue.keep(1, { text: 'a' }, 1);
  await queue.keep(2, { text: 'b' }, 2);
  const fates = await queue.flush();
  expect(fates.map(({ kind }) => kind)).toEqual(['refused', 'arrived']);
  expect(shelf.kept.size).toBe(0);
});

it('keeps everything while nobody is signed in', async () => {
  const shelf = memory();
  const queue = new Queue<Body, string>(
    shelf,
    () => Promise.reject(new ApiError(401, 'not_signed_in')),
    keys(),
  );
  await queue.keep(1, { text: 'a' }, 1);
  expect((await queue.flush()).map(({ kind }) => kind)).toEqual(['waiting']);
  expect(shelf.kept.size).toBe(1);
});

it('has each last word of each yard take effect once, whatever the network does', async () => {
  const step = fc.record({
    yard: fc.integer({ min: 1, max: 3 }),
    net: fc.constantFrom('up', 'down', 'answer lost'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      const shelf = memory();
      const effects = new Map<string, { yard: number; text: string }>();
      let net = 'up';
      const send = async (entry: Entry<Body>): Promise<string> => {
        if (net === 'down') return offline();
        // The server knows a key it has seen, and does nothing a second time.
        if (!effects.has(entry.key)) effects.set(entry.key, { yard: entry.yard, text: entry.body.text });
        return net === 'answer lost' ? offline() : 'ok';
      };
      const newKey = keys();
      const last = new Map<number, string>();
      for (const [at, { yard, net: now }] of steps.entries()) {
        const queue = new Queue<Body, string>(shelf, send, newKey);
        await queue.keep(yard, { text: String(at) }, at);
        last.set(yard, String(at));
        net = now;
        await queue.flush();
      }
      net = 'up';
      await new Queue<Body, string>(shelf, send, newKey).flush();
      expect(shelf.kept.size).toBe(0);
      for (const [yard, text] of last)
        expect([...effects.values()].filter((effect) => effect.yard === yard).at(-1)?.text).toBe(text);
      const texts = [...effects.values()].map(({ text }) => text);
      expect(new Set(texts).size).toBe(texts.length);
    }),
  );
});
