/** What can be laid on the map or taken off, beside the courtyards' theme. */
export const switchIds = ['street', 'community', 'grid', 'resource', 'hazard', 'care'] as const;
export type SwitchId = (typeof switchIds)[number];

/** On unless the address says otherwise. */
const usual: ReadonlySet<SwitchId> = new Set<SwitchId>(['street', 'community']);

/** What is on by `layers=grid.hazard.no-community`, which names only what differs from the usual. */
export function switchesIn(said: string | null): ReadonlySet<SwitchId> {
  const words = new Set(said?.split('.'));
  return new Set(switchIds.filter((id) => (usual.has(id) ? !words.has(`no-${id}`) : words.has(id))));
}

/** How an address says what is on; null when all is as usual. */
export function switchesParam(on: ReadonlySet<SwitchId>): string | null {
  const words = switchIds
    .filter((id) => on.has(id) !== usual.has(id))
    .map((id) => (on.has(id) ? id : `no-${id}`));
  return words.length > 0 ? words.join('.') : null;
}

/** The same with one turned on or off. */
export const turned = (before: ReadonlySet<SwitchId>, id: SwitchId, on: boolean): ReadonlySet<SwitchId> =>
  new Set(switchIds.filter((one) => (one === id ? on : before.has(one))));
