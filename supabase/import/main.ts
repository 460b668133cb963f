import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadKeys } from '../embedded/keys.ts';
import { readArguments, type Wanted } from './arguments.ts';
import { answers, httpTarget } from './http-target.ts';
import { importFile } from './run.ts';
import { UnreadableFile } from './source.ts';
import { TargetTrouble, type Target } from './target.ts';
import { say, type Lang } from './words.ts';

const { env } = process;
const root = resolve(import.meta.dirname, '../..');

/** The server the words name, else the one running on the data folder, else the data folder's database itself. */
async function findTarget(wanted: Wanted): Promise<Target> {
  const dataDir = resolve(wanted.data ?? env['DATA_DIR'] ?? join(root, '.data'));
  const localKey = async () => (await loadKeys(dataDir)).serviceKey;
  if (wanted.url) return httpTarget(wanted.url, wanted.key ?? (await localKey()));
  console.error(say(wanted.lang, 'starting'));
  // Loaded only when needed: it is the whole backend.
  const [{ ownTarget }, { FolderInUse }] = await Promise.all([
    import('./own-target.ts'),
    import('../embedded/lock.ts'),
  ]);
  try {
    return await ownTarget({
      dataDir,
      cacheDir: join(root, '.cache'),
      databaseUrl: env['DATABASE_URL'],
      demo: env['DEMO'] !== '0',
    });
  } catch (error) {
    if (!(error instanceof FolderInUse)) throw error;
    const url = `http://127.0.0.1:${env['PORT'] ?? 3000}`;
    if (!(await answers(url))) throw new TargetTrouble('server_elsewhere', { url });
    return httpTarget(url, await localKey());
  }
}

function sentenceOf(error: unknown, lang: Lang): string {
  if (error instanceof UnreadableFile || error instanceof TargetTrouble)
    return say(lang, error.code, error.detail);
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

async function main(): Promise<number> {
  const words = process.argv.slice(2);
  const wanted = readArguments(words);
  if (wanted === 'usage') {
    console.error(say(words.includes('en') ? 'en' : 'zh', 'usage'));
    return 2;
  }
  if (!existsSync(wanted.file)) {
    console.error(say(wanted.lang, 'file_missing', { path: wanted.file }));
    return 2;
  }
  let target: Target | undefined;
  try {
    target = await findTarget(wanted);
    return (await importFile(wanted, target, (line) => console.log(line))) ? 0 : 1;
  } catch (error) {
    console.error(sentenceOf(error, wanted.lang));
    return 1;
  } finally {
    await target?.close();
  }
}

process.exitCode = await main();
