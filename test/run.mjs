import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parts, runPart, vitest } from './setup/parts.mjs';
import { startCluster } from './setup/cluster.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { show, stopAll, Trouble } from './setup/shell.mjs';
import { ensureSystem } from './setup/system.mjs';

const usage = `npm test                   everything: ${Object.keys(parts).join(', ')}
npm test -- database       one part, or several
npm run prove              the same with many more cases
npm run bench              prints the figures
npm run types              writes src/data/database.types.ts from the migrations
npm run schema             writes supabase/schema.sql from the migrations`;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const flags = process.argv.slice(2).filter((word) => word.startsWith('-'));
const named = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const bench = flags.includes('--bench');
/** `--write=<test>` lets that one test write the file it compares. */
const write = flags.find((flag) => flag.startsWith('--write='))?.slice('--write='.length);
let cluster = null;
/** The exit code once someone asked to stop; what runs is ended, and everything is cleaned up on the way out. */
let stopped = 0;

function stop(code) {
  if (stopped) return;
  stopped = code;
  stopAll();
}
process.on('SIGINT', () => stop(130));
process.on('SIGTERM', () => stop(143));

async function buildSite() {
  console.log('\n▸ the site');
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  if ((await show(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: root })) !== 0)
    throw new Trouble('The site does not build; see above.');
}

async function runParts(chosen, env) {
  const sum = { passed: 0, failed: 0 };
  for (const name of chosen) {
    if (stopped) break;
    console.log(`\n▸ ${name}`);
    // One after the other: the machine has few cores and the parts share the cluster.
    const { passed, failed } = await runPart(root, name, env);
    sum.passed += passed;
    sum.failed += failed;
  }
  return sum;
}

async function main() {
  const unknown = named.filter((name) => !(name in parts));
  const strange = flags.filter((flag) => !/^(--prove|--bench|--write=.+)$/.test(flag));
  if (unknown.length + strange.length > 0)
    throw new Trouble(`Unknown: ${[...unknown, ...strange].join(' ')}\n${usage}`);
  const chosen = Object.keys(parts).filter((name) => named.length === 0 || named.includes(name));
  const needs = new Set(
    write ? parts.database : bench ? ['site', 'chromium', 'postgres'] : chosen.flatMap((name) => parts[name]),
  );

  await ensurePackages(root);
  const system = await ensureSystem(needs);
  const env = { ...process.env, ...(flags.includes('--prove') ? { PROVE: '1' } : {}) };
  if (system.chromium) env.CHROMIUM_PATH = system.chromium;
  if (stopped) return stopped;
  if (needs.has('postgres')) {
    cluster = await startCluster(system.postgres.bin);
    env.TEST_DATABASE_URL = cluster.url;
    env.POSTGRES_BIN = system.postgres.bin;
  }
  if (write) env.WRITE = '1';
  if (needs.has('site')) await buildSite();

  if (write) return show(process.execPath, vitest(root, 'database', [write, '--update']), { cwd: root, env });
  if (bench) {
    const file = join(root, 'test/bench/main.ts');
    if (!existsSync(file)) throw new Trouble('There is no test/bench/main.ts.');
    return show(process.execPath, ['--import', 'tsx', file], { cwd: root, env });
  }
  const { passed, failed } = await runParts(chosen, env);
  if (stopped) return stopped;
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!stopped) console.error(error instanceof Trouble ? error.message : error);
  process.exitCode = 1;
} finally {
  await cluster?.stop();
  if (stopped) process.exitCode = stopped;
}
