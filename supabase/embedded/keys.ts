import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import * as v from 'valibot';
import { newPushKeys, type PushKeys } from '../functions/send-notices/push-crypto.ts';
import { syncFolder } from './database/durable-fs.ts';

const KEY_YEARS = 10;
const Kept = v.pipe(v.string(), v.parseJson(), v.object({ publicKey: v.string(), privateKey: v.string() }));

/** The secret that signs tokens, and the two API keys it gives. */
export interface Keys {
  jwtSecret: string;
  anonKey: string;
  serviceKey: string;
}

/** Reads the data folder's secret, or makes one that only its owner may read, and derives the API keys from it. */
export async function loadKeys(dataDir: string): Promise<Keys> {
  const path = join(dataDir, 'jwt-secret');
  if (!existsSync(path)) writeSecret(path, dataDir, randomBytes(48).toString('base64url'));
  const jwtSecret = readFileSync(path, 'utf8').trim();
  return {
    jwtSecret,
    anonKey: await apiKey('anon', jwtSecret),
    serviceKey: await apiKey('service_role', jwtSecret),
  };
}

/** The key pair by which push services know this server, made once; another one would cut off every phone that has subscribed. */
export async function loadPushKeys(dataDir: string, contact?: string): Promise<PushKeys> {
  const path = join(dataDir, 'push-keys');
  if (!existsSync(path)) writeSecret(path, dataDir, JSON.stringify(await newPushKeys()));
  const { publicKey, privateKey } = v.parse(Kept, readFileSync(path, 'utf8'));
  return { publicKey, privateKey, contact };
}

/** A key is the same each time for the same secret: pages already open keep working after a restart. */
function apiKey(role: 'anon' | 'service_role', secret: string): Promise<string> {
  const issuedAt = Date.UTC(2026, 0, 1) / 1000;
  return new SignJWT({ role })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer('supabase')
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + KEY_YEARS * 365 * 86_400)
    .sign(new TextEncoder().encode(secret));
}

function writeSecret(path: string, folder: string, secret: string): void {
  const unfinished = `${path}.${process.pid}`;
  const file = openSync(unfinished, 'w', 0o600);
  writeSync(file, secret);
  fsyncSync(file);
  closeSync(file);
  renameSync(unfinished, path);
  syncFolder(folder);
}
