/** Something an office was told about an issue, a courtyard's archive or a quarterly round. */
export interface NoticeCard {
  id: number;
  at: string;
  /** Why: arrived, warned, late, asked, … */
  kind: string;
  issue_id: number | null;
  number: string | null;
  what: string | null;
  courtyard: string | null;
  courtyard_id: number | null;
  /** `2026Q4`; of a round. */
  quarter: string | null;
  /** Newer than what this person has read. */
  unread: boolean;
}
