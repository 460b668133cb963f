import { clockWords } from '../core/clock-words.ts';
import type { ClockKind } from '../core/clock-words.ts';
import { language, translator } from '../ui/language.svelte.ts';
import { queuesEn } from '../ui/messages/queues.en.ts';
import { queuesZh } from '../ui/messages/queues.zh.ts';

/** The words of the views beside the map. */
export const t = translator(queuesZh, queuesEn);

/** 8 工作时, 24 小时. */
export const spanWords = (minutes: number, clock: ClockKind): string =>
  clockWords(minutes, clock, language.now);

/** A name in the language of the page. */
export const named = ({ name, name_en }: { name: string; name_en: string | null }): string =>
  (language.now === 'en' ? name_en : null) ?? name;
