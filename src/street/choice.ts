/** What is chosen on the map or in the list; it stands in the page's address, so that it can be sent to a colleague. */
export type Choice = { kind: (typeof kinds)[number]; id: number };

const kinds = ['issue', 'courtyard', 'resource', 'hazard'] as const;

/** Reads `?issue=12` as well as `/street/issue/12`; null when nothing valid is named. */
export function choiceOf(url: URL): Choice | null {
  for (const kind of kinds) {
    const said = url.searchParams.get(kind) ?? new RegExp(`/${kind}/([^/]+)/?$`).exec(url.pathname)?.[1];
    if (said && /^[1-9]\d{0,14}$/.test(said)) return { kind, id: Number(said) };
  }
  return null;
}

/** The address that shows this choice, keeping everything else it says. */
export function addressOf(choice: Choice | null, url: URL): string {
  const next = new URL(url);
  next.pathname = next.pathname.replace(/\/(issue|courtyard|resource|hazard)\/[^/]+\/?$/, '/');
  for (const kind of kinds) next.searchParams.delete(kind);
  if (choice) next.searchParams.set(choice.kind, String(choice.id));
  return next.pathname + next.search + next.hash;
}
