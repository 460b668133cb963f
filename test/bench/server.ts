import { brotliCompressSync, constants } from 'node:zlib';
import postgres from 'postgres';
import * as v from 'valibot';
import { quantile, timed, underLoad } from './measure.ts';
import { manyReports } from './reports.ts';
import { forgetPrepared, newFolder, type Product, rpc, signIn, startProduct } from './product.ts';
import { type Figure, kilobytes, ms, seconds } from './table.ts';

const CLIENTS = 50;
const SNAPSHOTS = 300;

const Me = v.looseObject({ home_topic: v.string() });
const Snapshot = v.looseObject({
  courtyards: v.looseObject({ id: v.array(v.number()) }),
  issues: v.looseObject({ id: v.array(v.number()) }),
});

async function snapshotSize(
  product: Product,
  token: string,
  topic: string,
): Promise<{ bytes: number; what: string }> {
  const answer = await fetch(`${product.url}/rest/v1/rpc/map_snapshot`, {
    method: 'POST',
    headers: {
      apikey: product.anonKey,
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ topic }),
  });
  const text = await answer.text();
  const { courtyards, issues } = v.parse(Snapshot, JSON.parse(text));
  // the quality the server itself compresses with
  const bytes = brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }).length;
  return { bytes, what: `${courtyards.id.length} courtyards, ${issues.id.length} open issues` };
}

async function figuresOf(product: Product, engine: string): Promise<Figure[]> {
  const token = await signIn(product, 'street');
  const { home_topic: topic } = v.parse(Me, await rpc(product, 'me', {}, token));
  const reports = await manyReports(product, CLIENTS);
  const { bytes, what } = await snapshotSize(product, token, topic);
  await timed(5, () => rpc(product, 'map_snapshot', { topic }, token));
  const alone = await timed(30, () => rpc(product, 'map_snapshot', { topic }, token));
  const snapshots = await underLoad(CLIENTS, SNAPSHOTS, () => rpc(product, 'map_snapshot', { topic }, token));
  return [
    {
      name: `report_issue at ${CLIENTS} clients, ${engine}`,
      value: `${Math.round(reports.perSecond)}/s, p50 ${ms(reports.p50)}, p99 ${ms(reports.p99)}`,
      asked: '',
    },
    { name: `map snapshot (${what}), ${engine}: size, brotli`, value: kilobytes(bytes), asked: '≤ 150 KB' },
    {
      name: `map snapshot, one client, ${engine}: at the server`,
      value: `median ${ms(quantile(alone, 0.5))}, p95 ${ms(quantile(alone, 0.95))}`,
      asked: '≤ 100 ms',
    },
    {
      name: `map snapshot at ${CLIENTS} clients, ${engine}`,
      value: `${Math.round(snapshots.perSecond)}/s, p50 ${ms(snapshots.p50)}, p99 ${ms(snapshots.p99)}`,
      asked: '',
    },
  ];
}

/** Boot times and the API's figures on PGlite, the default. */
export async function measurePglite(): Promise<Figure[]> {
  const folder = newFolder();
  forgetPrepared();
  try {
    const first = await startProduct(folder.path);
    await first.stop();
    const later = await startProduct(folder.path);
    const figures = await figuresOf(later, 'PGlite');
    await later.stop();
    return [
      { name: 'first start, database and demo street made', value: seconds(first.bootMs), asked: '≤ 45 s' },
      { name: 'later start', value: seconds(later.bootMs), asked: '≤ 8 s' },
      ...figures,
    ];
  } finally {
    folder.remove();
  }
}

/** The API's figures on native PostgreSQL, in a database of its own. */
export async function measureNative(clusterUrl: string): Promise<Figure[]> {
  const folder = newFolder();
  const sql = postgres(clusterUrl, { onnotice: () => {} });
  try {
    await sql.unsafe('drop database if exists bench');
    await sql.unsafe('create database bench');
    const url = new URL(clusterUrl);
    url.pathname = '/bench';
    const product = await startProduct(folder.path, url.href);
    const figures = await figuresOf(product, 'PostgreSQL');
    await product.stop();
    return figures;
  } finally {
    await sql.end();
    folder.remove();
  }
}
