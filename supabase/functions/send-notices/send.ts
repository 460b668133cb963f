import type { Claim } from './claim.ts';
import { bodyOf } from './message.ts';
import { dingtalkAddress, genericSignature } from './sign.ts';

/** What became of a message. `unsure`: it may have arrived. retryAfter: seconds the receiver asked for. */
export interface Outcome {
  outcome: 'sent' | 'refused' | 'unreached' | 'unsure';
  error?: string;
  retryAfter?: number;
}

export const DEADLINE_MS = 10_000;
/** No robot's answer is longer; what else answers is not read to its end. */
const MOST_ANSWER_BYTES = 16_384;
const LONGEST_WAIT_S = 3_600;

/**
 * What robots answer (with HTTP 200) to one message too many, and how long they stay deaf, in seconds: WeCom counts by the minute,
 * DingTalk refuses for ten.
 */
const TOO_MANY: Readonly<Record<number, number>> = { 45009: 60, 130101: 600, 660026: 600, 90030: 600 };

/** Node's codes for “no connection was made”; after any other fault the message may have arrived. */
const NOT_CONNECTED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|ENETUNREACH|EHOSTUNREACH|ENETDOWN|UND_ERR_CONNECT_TIMEOUT|CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|ERR_TLS_\w+|ERR_SSL_\w+)$/;

/**
 * Sends one message, within ten seconds. Never throws, and puts neither address nor secret into what it gives.
 *
 * The administrator enters the address, so a message could be aimed at a machine behind this one. Private addresses stay allowed: a
 * street office's own systems live there. What is aimed at gains nothing by it: only https (or http to this machine) is spoken,
 * which no cloud's metadata service answers; redirects are not followed; the body is fixed; and of the answer only a status or
 * a robot's own short text is kept.
 */
export async function send(message: Claim, nowMs = Date.now(), deadlineMs = DEADLINE_MS): Promise<Outcome> {
  if (!isAllowed(message.url)) return { outcome: 'refused', error: 'address_not_allowed' };
  const signal = AbortSignal.timeout(deadlineMs);
  try {
    const { address, ...init } = await requestOf(message, nowMs);
    const response = await fetch(address, { ...init, method: 'POST', redirect: 'manual', signal });
    return await judge(message, response);
  } catch (error) {
    return signal.aborted ? { outcome: 'unsure', error: 'timed_out' } : fault(error);
  }
}

/** https, or http to this machine, and nobody's name in it. */
export function isAllowed(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username, password } = new URL(url);
  const isHere = hostname === '127.0.0.1' || hostname === 'localhost';
  return username + password === '' && (protocol === 'https:' || (protocol === 'http:' && isHere));
}

async function requestOf(message: Claim, nowMs: number) {
  const { kind, url, secret, notices } = message;
  const body = bodyOf(message);
  const headers: Record<string, string> = {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'digital-courtyard',
  };
  if (kind === 'generic') {
    headers['x-courtyard-delivery'] = notices[0]?.id ?? '';
    if (secret) headers['x-courtyard-signature'] = await genericSignature(body, secret, nowMs);
  }
  const address = kind === 'dingtalk' && secret ? await dingtalkAddress(url, secret, nowMs) : url;
  return { address, headers, body };
}

async function judge(message: Claim, response: Response): Promise<Outcome> {
  const { ok, status, headers } = response;
  const isRobot = message.kind !== 'generic';
  if (ok && isRobot) return judgeRobot(message, await readSome(response));
  await response.body?.cancel();
  if (ok) return { outcome: 'sent' };
  // Who answers 500, 502 or 504 may have passed the message on; a robot that answers 503 has not.
  const mayHaveArrived = status >= 500 && !(isRobot && status === 503);
  const asked = waitOf(headers.get('retry-after'));
  return {
    outcome: mayHaveArrived ? 'unsure' : 'refused',
    error: `http_${status}`,
    ...(asked === null ? {} : { retryAfter: asked }),
  };
}

function judgeRobot(message: Claim, text: string): Outcome {
  const { code, words } = robotAnswer(text);
  if (code === null) return { outcome: 'unsure', error: 'answer_not_understood' };
  if (code === 0) return { outcome: 'sent' };
  const deafFor = TOO_MANY[code];
  return {
    outcome: 'refused',
    error: `errcode_${code} ${withoutSecrets(words, message)}`.trim(),
    ...(deafFor === undefined ? {} : { retryAfter: deafFor }),
  };
}

/** The start of an answer; the rest is dropped. */
async function readSome(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  let text = '';
  for (let bytes = 0; bytes < MOST_ANSWER_BYTES;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.length;
    text += decoder.decode(value, { stream: true });
  }
  await reader.cancel();
  return text;
}

function robotAnswer(text: string): { code: number | null; words: string } {
  try {
    const answer: unknown = JSON.parse(text);
    const code: unknown = Reflect.get(Object(answer), 'errcode');
    return {
      code: typeof code === 'number' ? code : null,
      words: String(Reflect.get(Object(answer), 'errmsg') ?? ''),
    };
  } catch {
    return { code: null, words: '' };
  }
}

/** A robot's words without what it may have repeated of its address. */
function withoutSecrets(words: string, { url, secret }: Claim): string {
  const { href, search, searchParams } = new URL(url);
  return [href, url, search, ...searchParams.values(), secret ?? '']
    .filter((hidden) => hidden.length > 3)
    .reduce((text, hidden) => text.replaceAll(hidden, '…'), words)
    .slice(0, 200);
}

/** Retry-After in seconds, an hour at most; null when there is none. It may be a date. */
function waitOf(header: string | null): number | null {
  if (header === null) return null;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.min(LONGEST_WAIT_S, Math.max(0, Math.ceil(seconds))) : null;
}

function fault(error: unknown): Outcome {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  const code = String(Reflect.get(Object(cause), 'code') ?? '');
  // Deno has no code; its text says at which point the connection failed.
  const notConnected =
    NOT_CONNECTED.test(code) || (error instanceof Error && error.message.includes('client error (Connect)'));
  return notConnected
    ? { outcome: 'unreached', error: 'not_reached' }
    : { outcome: 'unsure', error: 'connection_lost' };
}
