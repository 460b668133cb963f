import type { Draft } from './draft.svelte.ts';

/** What is being written on this page, by issue. Apart from the drafts' own code, which the map need not wait for. */
export const keptDrafts = new Map<number, Draft>();

/** What one person typed is not the next one's to see. */
export const forgetDrafts = (): void => keptDrafts.clear();
