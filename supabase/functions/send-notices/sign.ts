/** HMAC-SHA256 of a text, by the key's UTF-8 bytes. */
async function hmac(key: string, text: string): Promise<Uint8Array> {
  const bytes = new TextEncoder();
  const secret = await crypto.subtle.importKey(
    'raw',
    bytes.encode(key),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  return new Uint8Array(await crypto.subtle.sign('HMAC', secret, bytes.encode(text)));
}

/**
 * A DingTalk robot's address with its signature: base64 of the HMAC of "<time in ms>\n<secret>" by the secret, valid for an hour
 * (open.dingtalk.com, “自定义机器人安全设置”, 加签).
 */
export async function dingtalkAddress(url: string, secret: string, nowMs: number): Promise<string> {
  const address = new URL(url);
  address.searchParams.set('timestamp', String(nowMs));
  address.searchParams.set('sign', btoa(String.fromCharCode(...(await hmac(secret, `${nowMs}\n${secret}`)))));
  return address.href;
}

/**
 * The signature of a generic message, `t=<seconds since 1970>,v1=<HMAC of "t.body" in hexadecimal>`. The receiver computes it anew from
 * the body's bytes and refuses an old `t`, so that nobody can send a message again that they overheard.
 */
export async function genericSignature(body: string, secret: string, nowMs: number): Promise<string> {
  const seconds = Math.floor(nowMs / 1000);
  const digest = await hmac(secret, `${seconds}.${body}`);
  return `t=${seconds},v1=${[...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
