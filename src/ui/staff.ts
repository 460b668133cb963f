import { ApiError, isRecord } from '../core/api-error.ts';
import { language, lateTranslator } from './language.svelte.ts';
import { staffZh } from './messages/staff.zh.ts';

/** The words of the parts all staff screens share. */
export const staff = lateTranslator(staffZh, async () => (await import('./messages/staff.en.ts')).staffEn);

const isNotice = (kind: string): kind is NoticeKind => Object.hasOwn(staffZh, `notices.${kind}`);
type NoticeKind =
  Exclude<
    Extract<keyof typeof staffZh, `notices.${string}`>,
    'notices.open' | 'notices.quarter' | `notices.${string}.way`
  > extends `notices.${infer Kind}`
    ? Kind
    : never;

/** Why an office was told something. */
export const noticeWord = (kind: string): string =>
  staff(isNotice(kind) ? `notices.${kind}` : 'notices.other');

type Known =
  Extract<keyof typeof staffZh, `error.${string}.way`> extends `error.${infer Code}.way` ? Code : never;

const isKnown = (code: string): code is Known => Object.hasOwn(staffZh, `error.${code}.way`);

/** What happened and what to do about it, in the user's language. Follows the language. */
export function errorWords(error: unknown): { title: string; way: string } {
  const code = error instanceof ApiError && isKnown(error.code) ? error.code : 'unknown';
  const detail = error instanceof ApiError ? error.detail : {};
  switch (code) {
    case 'field_too_long':
      return words(code, staff(`error.${code}.way`, { max: Number(detail['max']) }));
    case 'returns_exhausted': {
      const ruling = isRecord(detail['ruling']) ? said(detail['ruling']['words']) : '';
      return words(
        code,
        ruling ? staff(`error.${code}.ruling`, { words: ruling }) : staff(`error.${code}.way`),
      );
    }
    case 'community_never': {
      const title = said(detail[language.now === 'en' ? 'title_en' : 'title']);
      return { title: staff(`error.${code}`, { title }), way: staff(`error.${code}.way`) };
    }
    case 'tasks_open': {
      const open = Array.isArray(detail['departments']) ? detail['departments'].map(said) : [];
      const departments = open.join(language.now === 'en' ? ', ' : '、');
      return { title: staff(`error.${code}`, { departments }), way: staff(`error.${code}.way`) };
    }
    case 'merge_ended':
      return {
        title: staff(`error.${code}`, { number: said(detail['number']) }),
        way: staff(`error.${code}.way`),
      };
    default:
      return words(code, staff(`error.${code}.way`));
  }
}

const said = (value: unknown): string => (typeof value === 'string' ? value : '');

type Plain = Exclude<Known, 'community_never' | 'tasks_open' | 'merge_ended'>;
const words = (code: Plain, way: string): { title: string; way: string } => ({
  title: staff(`error.${code}`),
  way,
});
