/** One row of the view `letter_cards`: a formal letter and the issue it was written for. */
export type LetterCard = {
  id: number;
  number: string;
  issue_id: number;
  issue_number: string;
  what: string;
  courtyard: string | null;
  addressee: string;
  title: string;
  /** The calendar day a reply is asked for, YYYY-MM-DD. */
  due_on: string;
  sent_at: string;
  reply: string | null;
  replied_at: string | null;
  office: string;
  /** Our office wrote it. */
  mine: boolean;
  /** No reply yet, and the issue is still open. */
  awaited: boolean;
};

/** The parts of the letters' list, in reading order. */
export const letterGroups = ['late', 'soon', 'waiting', 'replied', 'over'] as const;
export type LetterGroup = (typeof letterGroups)[number];

const day = 86_400_000;
/** A reply counts until the office closes, 18:00 in the street, on its day. */
export const letterDue = (letter: Pick<LetterCard, 'due_on'>): number =>
  Date.parse(`${letter.due_on}T18:00:00+08:00`);

/** Which part a letter belongs to at `now` (epoch ms): soon is within three days, over one whose issue ended without a reply. */
export function letterGroup(letter: LetterCard, now: number): LetterGroup {
  if (letter.replied_at !== null) return 'replied';
  if (!letter.awaited) return 'over';
  const left = letterDue(letter) - now;
  return left <= 0 ? 'late' : left <= 3 * day ? 'soon' : 'waiting';
}

/** The parts in their order, empty ones left out: awaited by due day, ended by their latest. */
export function groupLetters(
  letters: readonly LetterCard[],
  now: number,
): { group: LetterGroup; letters: LetterCard[] }[] {
  const ended = ({ replied_at, sent_at }: LetterCard): number => Date.parse(replied_at ?? sent_at);
  return letterGroups
    .map((group) => ({ group, letters: letters.filter((letter) => letterGroup(letter, now) === group) }))
    .filter((part) => part.letters.length > 0)
    .map(({ group, letters: members }) => ({
      group,
      letters: members.sort((a, b) =>
        group === 'replied' || group === 'over'
          ? ended(b) - ended(a) || b.id - a.id
          : a.due_on.localeCompare(b.due_on) || a.id - b.id,
      ),
    }));
}
