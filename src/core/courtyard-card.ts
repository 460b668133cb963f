import type { IssueCard } from './issue.ts';

/** A courtyard as staff read it beside its issues. */
export interface CourtyardCard {
  id: number;
  name: string;
  name_en: string | null;
  address: string;
  community: string;
  grid: string | null;
  kind: string;
  /** Made up for the demonstration. */
  invented: boolean;
  area_m2: number | null;
  open: IssueCard[];
  /** Those that ended lately. */
  recent: IssueCard[];
  counts: { open: number; late: number; closed_90d: number };
  /** The codes on its wall; null for those who may not see them. */
  codes: { code: string; place: string | null }[] | null;
}
