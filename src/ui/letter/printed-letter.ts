import type { Letter } from '../../core/issue.ts';

/** What stands on the sheet, and nothing else. */
export interface PrintedLetter extends Pick<Letter, 'number' | 'addressee' | 'title' | 'text' | 'sent_at'> {
  /** Who wrote it, as the street calls them. */
  office: string;
}
