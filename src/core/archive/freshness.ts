/** How fresh a yard's archive is in the open round, in the order of the work. */
export const freshnesses = ['stale', 'due', 'drafted', 'submitted', 'confirmed'] as const;
export type Freshness = (typeof freshnesses)[number];

/** Colour and shape of each state, on the map, in lists and in legends alike. `fill`: how much of the disc is filled, 0–1. */
export const freshnessLooks: Readonly<
  Record<Freshness, { colour: 'door' | 'amber' | 'indigo' | 'jade'; fill: number }>
> = {
  stale: { colour: 'door', fill: 0 },
  due: { colour: 'amber', fill: 0 },
  drafted: { colour: 'indigo', fill: 0.5 },
  submitted: { colour: 'indigo', fill: 1 },
  confirmed: { colour: 'jade', fill: 1 },
};
