import { isRecord, type ApiError } from '../../core/api-error.ts';
import { actionWord, knowsAction } from '../issue/words.ts';
import { language, translator } from '../language.svelte.ts';
import { bulkEn } from '../messages/bulk.en.ts';
import { bulkZh } from '../messages/bulk.zh.ts';
import { errorWords } from '../staff.ts';

/** The words of moving several issues together. */
export const bulkWords = translator(bulkZh, bulkEn);
const t = bulkWords;

const said = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Who was faster and with what, when the server named them. */
function faster({ detail }: ApiError): string {
  const last = isRecord(detail['last']) ? detail['last'] : {};
  const [office, action] = [said(last['by']), said(last['action'])];
  return office && knowsAction(action) ? t('bulk.faster', { office, action: actionWord(action) }) : '';
}

/** Why one row was refused, and what is possible with it instead. */
export function refusalWords(error: ApiError): { title: string; way: string } {
  const { title, way } = errorWords(error);
  const holder = said(error.detail['holder']);
  const held = holder ? t('bulk.holder', { holder }) : '';
  if (error.code === 'stale_version') return { title: faster(error) || title, way: held || way };
  const possible = error.detail['possible'];
  if (error.code !== 'action_not_allowed' || !Array.isArray(possible)) return { title, way };
  const actions = possible.map(said).filter(knowsAction).map(actionWord);
  const can =
    actions.length > 0
      ? t('bulk.possible', { actions: actions.join(language.now === 'en' ? ', ' : '、') })
      : t('bulk.possibleNone');
  return { title, way: `${held}${language.now === 'en' ? ' ' : ''}${can}` };
}
