/** Something an office was told about an issue. */
export interface NoticeCard {
  id: number;
  at: string;
  /** Why: arrived, warned, late, asked, … */
  kind: string;
  issue_id: number;
  number: string;
  what: string;
  courtyard: string | null;
  /** Newer than what this person has read. */
  unread: boolean;
}
