import { followZh } from '../ui/messages/follow.zh.ts';
import { sharedZh, useWords } from './words.ts';

/** The sentences of the page that follows a report. */
export const t = useWords({ ...sharedZh, ...followZh }, () => import('./follow-english.ts'));
