import { expect } from 'vitest';
import { isRecord } from '../../src/core/api-error.ts';
import { newTrackingKey } from '../../src/core/tracking-key.ts';
import type { Stage } from './harness.ts';

export interface Report {
  id: number;
  number: string;
  key: string;
}

/** Calls the API as an anonymous caller, or with a token as staff. */
export async function api(
  { server }: Stage,
  path: string,
  body: object,
  token = server.anonKey,
): Promise<unknown> {
  const response = await fetch(server.url + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      apikey: server.anonKey,
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  expect(response.ok, JSON.stringify(answer)).toBe(true);
  return answer;
}

/** A resident's report of a leak in the demo's yard. */
export async function report(scene: Stage, what: string): Promise<Report> {
  const key = newTrackingKey();
  const body = { what, name: '王阿姨', address: '2单元201', category: 'leak' };
  await api(scene, '/rest/v1/rpc/report_issue', { code: await scene.code(), key, ...body });
  const [row] = await scene.server.query('select id, number from public.issues where what = $1', [what]);
  return { id: Number(row?.['id']), number: String(row?.['number']), key };
}

/** What the community does at its desk. */
export async function act(scene: Stage, { id }: Report, action: string, payload: object = {}): Promise<void> {
  const account = { email: 'kuanxiangzi@shaocheng.example', password: 'shaocheng-2026' };
  const session = await api(scene, '/auth/v1/token?grant_type=password', account);
  const token = isRecord(session) ? String(session['access_token']) : '';
  const [row] = await scene.server.query('select version from public.issues where id = $1', [id]);
  await api(
    scene,
    '/rest/v1/rpc/act_on_issue',
    { issue_id: id, action, version: row?.['version'], payload, request_id: crypto.randomUUID() },
    token,
  );
}

export const resolved = { done: '换了水管' };

/** How a report may end without being solved, and what its page then says. */
export const ended = [
  ['withdrawn', '已撤回'],
  ['merged', '和同样的事合并办理'],
  ['declined', '这里办不了'],
] as const;
