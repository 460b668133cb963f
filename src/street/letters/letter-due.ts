import { streetDay } from '../../core/due.ts';
import { formatDay } from '../../core/format.ts';
import { letterDue } from '../../core/letter-card.ts';
import type { LetterCard } from '../../core/letter-card.ts';
import { language } from '../../ui/language.svelte.ts';
import { t } from '../work-words.ts';

const day = 86_400_000;

/** When a letter's reply is due, or came, in words. */
export function letterWords(letter: LetterCard, now: number): string {
  if (letter.replied_at)
    return t('letters.repliedOn', { day: formatDay(letter.replied_at, language.now, now) });
  const due = letterDue(letter);
  const today = letter.due_on === streetDay(now);
  if (!letter.awaited) return formatDay(due, language.now, now);
  if (due > now) {
    return today ? t('letters.dueToday') : t('letters.due', { day: formatDay(due, language.now, now) });
  }
  return today
    ? t('letters.lateToday')
    : t('letters.lateBy', { days: Math.max(1, Math.floor((now - due) / day)) });
}
