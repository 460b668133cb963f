import { reportZh } from '../ui/messages/report.zh.ts';
import { sharedZh, useWords } from './words.ts';

/** The sentences of the report's page. */
export const t = useWords(
  { ...sharedZh, ...reportZh },
  {
    en: () => import('./report-english.ts'),
    'zh-Hant': () => import('./report-traditional.ts'),
  },
);
