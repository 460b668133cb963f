import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { dingtalkAddress, genericSignature } from './sign.ts';

const now = Date.UTC(2026, 10, 23, 1, 0, 0, 789);
const secret = 'SEC秘密+/=';

it('a DingTalk address carries time and signature, encoded for a query', async () => {
  for (let i = 0; i < 50; i += 1) {
    const address = await dingtalkAddress(
      'https://oapi.dingtalk.com/robot/send?access_token=abc',
      secret,
      now + i,
    );
    const wanted = createHmac('sha256', secret)
      .update(`${now + i}\n${secret}`)
      .digest('base64');
    expect(address).toBe(
      `https://oapi.dingtalk.com/robot/send?access_token=abc&timestamp=${now + i}&sign=${encodeURIComponent(wanted)}`,
    );
  }
});

it('a generic signature covers the time in seconds and the body’s bytes', async () => {
  const body = '{"courtyard":"小巷院"}';
  const seconds = Math.floor(now / 1000);
  const wanted = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  expect(await genericSignature(body, secret, now)).toBe(`t=${seconds},v1=${wanted}`);
  expect(await genericSignature(`${body} `, secret, now)).not.toContain(wanted);
});
