import type { ListGroup } from '../core/issue-list.ts';
import { common } from '../ui/common.ts';
import { lateTranslator } from '../ui/language.svelte.ts';
import { streetZh } from '../ui/messages/street.zh.ts';

/** The words of the live map's screen. */
export const t = lateTranslator(streetZh, async () => (await import('../ui/messages/street.en.ts')).streetEn);

const kinds = ['quarter', 'yard', 'danwei', 'heritage'] as const;

/** A courtyard's kind in words; the code itself when the catalogue does not know it. */
export function kindWord(kind: string): string {
  const known = kinds.find((one) => one === kind);
  return known ? t(`courtyard.kind.${known}`) : kind;
}

/** A part of the list in words; those that are a state have the state's own word. `past`: another time than now is shown. */
export const groupWord = (group: ListGroup, past = false): string =>
  group === 'ended' && past
    ? t('street.group.endedThen')
    : group === 'mine' || group === 'ended' || group === 'decide' || group === 'verify'
      ? t(`street.group.${group}`)
      : common(`state.${group}`);
