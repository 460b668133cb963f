import { lateTranslator } from './language.svelte.ts';
import { commonZh } from './messages/common.zh.ts';

/** The words of the shared controls themselves. */
export const common = lateTranslator(
  commonZh,
  async () => (await import('./messages/common.en.ts')).commonEn,
);
