import * as v from 'valibot';
import { newTrackingKey } from '../../src/core/tracking-key.ts';
import { underLoad } from './measure.ts';
import { type Product, rpc, signIn } from './product.ts';

// with the 64 open issues of the demo street: 2,000
const REPORTS = 1_936;
const Codes = v.array(v.looseObject({ code: v.string() }));

/** Codes on walls all over the street, as its administrator reads them. */
async function someCodes(product: Product, token: string): Promise<string[]> {
  const answer = await fetch(
    `${product.url}/rest/v1/courtyard_codes?select=code&order=courtyard_id&limit=514`,
    {
      headers: { apikey: product.anonKey, authorization: `Bearer ${token}` },
    },
  );
  return v.parse(Codes, await answer.json()).map(({ code }) => code);
}

/** Fills the street up to 2,000 open issues, with so many clients at a time; its guard against floods is off from then on. */
export async function manyReports(
  product: Product,
  clients: number,
): Promise<Awaited<ReturnType<typeof underLoad>>> {
  const admin = await signIn(product, 'admin');
  await rpc(product, 'save_guard', { proof: 'off', words: [], hold_links: false }, admin);
  const codes = await someCodes(product, admin);
  return underLoad(clients, REPORTS, (n) =>
    rpc(product, 'report_issue', {
      code: codes[n % codes.length],
      key: newTrackingKey(),
      what: `第${n}件：楼道里的水管一直滴水`,
      name: '王小明',
      address: '2单元301',
      category: 'leak',
    }),
  );
}
