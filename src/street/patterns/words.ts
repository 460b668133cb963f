import { translator } from '../../ui/language.svelte.ts';
import { patternsEn } from '../../ui/messages/patterns.en.ts';
import { patternsZh } from '../../ui/messages/patterns.zh.ts';

export const t = translator(patternsZh, patternsEn);
