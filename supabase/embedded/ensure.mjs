// What must be there before anything of the project can run: Node, the packages, the built site. Plain Node, no packages.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const OLDEST_NODE = [20, 19];

/** Ends with a clear sentence when this Node is too old. */
export function ensureNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  fail(
    `This needs Node.js ${OLDEST_NODE.join('.')} or newer; you have ${process.versions.node}. Get it from https://nodejs.org/.`,
  );
}

/** Installs the packages of the lockfile when none are installed or the lockfile is newer. */
export function ensureInstalled() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (existsSync(installed) && changedAt(installed) >= changedAt(join(root, 'package-lock.json'))) return;
  console.error('Installing what is missing …');
  run(npm(), ['ci', '--no-audit', '--no-fund'], 'Installing failed; see above. `npm ci` tries it again.');
}

/** Builds the site when it was never built or a source is newer. */
export function ensureBuilt() {
  const built = newestIn(join(root, 'dist'));
  const sources = ['src', 'public'].map((folder) => newestIn(join(root, folder)));
  const files = ['vite.config.ts', 'package-lock.json'].map((file) => changedAt(join(root, file)));
  if (built >= Math.max(...sources, ...files)) return;
  console.error('Building the site …');
  run(
    process.execPath,
    [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'],
    'Building the site failed; see above.',
  );
}

/** Ends this process with a sentence for people. */
export function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

function run(command, args, otherwise) {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) fail(otherwise);
}

function npm() {
  return process.platform === 'win32' ? 'npm.cmd' : 'npm';
}

function changedAt(path) {
  return existsSync(path) ? statSync(path).mtimeMs : 0;
}

function newestIn(folder) {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce(
      (newest, entry) => Math.max(newest, changedAt(join(entry.parentPath ?? entry.path, entry.name))),
      0,
    );
}
