import { language, translator } from '../../ui/language.svelte.ts';
import { labelsEn } from '../../ui/messages/labels.en.ts';
import { labelsZh } from '../../ui/messages/labels.zh.ts';

/** The words of labels, rules and the dictionary. */
export const t = translator(labelsZh, labelsEn);

export const english = (): boolean => language.now === 'en';
