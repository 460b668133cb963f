/** Where a tab keeps a person's draft: another one at the same screen never sees it, and signing out throws it away. */
export const draftSlot = (person: string): string => `courtyard.counter.${person}`;
