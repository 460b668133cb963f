import { followZh } from '../ui/messages/follow.zh.ts';
import { sharedZh, useWords } from './words.ts';

/** The sentences of the page that follows a report. */
export const t = useWords(
  { ...sharedZh, ...followZh },
  {
    en: () => import('./follow-english.ts'),
    'zh-Hant': () => import('./follow-traditional.ts'),
  },
);
