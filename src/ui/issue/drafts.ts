import { Draft } from './draft.svelte.ts';
import { keptDrafts } from './kept-drafts.ts';

/** The draft for an issue, kept while the page lives: choosing another issue and coming back loses nothing. */
export function draftOf(issue: number): Draft {
  const draft = keptDrafts.get(issue) ?? new Draft();
  keptDrafts.set(issue, draft);
  return draft;
}
