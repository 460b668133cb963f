import { RoundShelf } from '../data/archive-shelf.ts';

const scope = '/community/';
/** Milliseconds after the round was opened: by then what it shows is loaded. */
const pause = 4000;

const files = (): string[] =>
  performance
    .getEntriesByType('resource')
    .map(({ name }) => name)
    .filter((name) => name.startsWith(`${location.origin}/assets/`));

/** Keeps the page of the round on this device, as it is loaded now. Gives the function that takes that back while it waits. */
export function keepPage(): () => void {
  const timer = setTimeout(() => {
    void (async () => {
      try {
        await navigator.serviceWorker.register('/community-sw.js', { scope });
        const { active } = await navigator.serviceWorker.ready;
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker takes none
        active?.postMessage([...new Set(files())]);
      } catch {
        // Some private windows let no page stay, and plain http none at all: all else works.
      }
    })();
  }, pause);
  return () => clearTimeout(timer);
}

/** Takes the page and what this person held of the archive off the device. */
export async function forgetRound(person: string): Promise<void> {
  const room = await navigator.serviceWorker?.getRegistration(scope);
  room?.active?.postMessage('forget');
  await new RoundShelf(person).forget();
}
