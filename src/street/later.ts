import { ApiError } from '../core/api-error.ts';

/** Code fetched once, when it is first asked for. After a failure the next one who asks fetches again. */
export function later<T>(load: () => Promise<T>): () => Promise<T> {
  let code: Promise<T> | null = null;
  return () =>
    (code ??= load().catch(() => {
      code = null;
      // A file that is gone from a server that can be reached means that a newer page is there.
      throw new ApiError(0, navigator.onLine ? 'answer_unreadable' : 'offline');
    }));
}

/** The parts of the screen that come after the map's first paint. */
export const parts = {
  signIn: later(() => import('../ui/SignIn.svelte')),
  workplace: later(() => import('./Workplace.svelte')),
  issue: later(() => import('./ChosenIssue.svelte')),
  courtyard: later(() => import('./ChosenCourtyard.svelte')),
  point: later(() => import('./courtyard/ChosenPoint.svelte')),
  layers: later(() => import('./layers/map-layers.svelte.ts')),
  tools: later(() => import('./MapTools.svelte')),
  steps: later(() => import('./MapSteps.svelte')),
  pending: later(() => import('../ui/issue/PendingActions.svelte')),
  finding: later(() => import('./filter/finding.ts')),
  time: later(() => import('./time/TimeBar.svelte')),
  table: later(() => import('./table/IssueTable.svelte')),
  filterHelpers: later(() => import('./filter/helpers.ts')),
  keys: later(() => import('./KeysDialog.svelte')),
  queues: later(() => import('./queues/Queues.svelte')),
  tasks: later(() => import('./tasks/Tasks.svelte')),
  duties: later(() => import('./duties/Duties.svelte')),
  letters: later(() => import('./letters/Letters.svelte')),
  clocks: later(() => import('./clocks/Clocks.svelte')),
  round: later(() => import('./round/Round.svelte')),
  numbers: later(() => import('./numbers/Numbers.svelte')),
};
