import { isRecord } from '../core/api-error.ts';
import type { Kept } from '../core/outbox.ts';

const text = (value: unknown) => (typeof value === 'string' ? value : '');
const textOrNull = (value: unknown) => (typeof value === 'string' ? value : null);
const numberOrNull = (value: unknown) => (typeof value === 'number' ? value : null);

/** A report as the phone kept it, perhaps in an earlier version of the page. */
export function readKept(raw: Record<string, unknown>): Kept {
  const body = isRecord(raw['body']) ? raw['body'] : {};
  return {
    key: text(raw['key']),
    code: text(raw['code']),
    courtyard: text(raw['courtyard']),
    at: Number(raw['at']),
    body: {
      what: text(body['what']),
      place: textOrNull(body['place']),
      name: text(body['name']),
      address: text(body['address']),
      phone: textOrNull(body['phone']),
      category: textOrNull(body['category']),
      lng: numberOrNull(body['lng']),
      lat: numberOrNull(body['lat']),
      photos: numberOrNull(body['photos']) ?? 0,
      helper: textOrNull(body['helper']),
      joins: textOrNull(body['joins']),
      lang: body['lang'] === 'en' || body['lang'] === 'zh-Hant' ? body['lang'] : 'zh',
    },
  };
}
