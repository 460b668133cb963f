import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { show, Trouble } from './shell.mjs';

const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

/**
 * True when node_modules holds every package of the lockfile in its version.
 * Reads npm's own record of what it installed, as file times say nothing after a clone or a checkout.
 */
export function packagesAreThere(root) {
  const record = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = packagesOf(record);
  return Object.entries(packagesOf(join(root, 'package-lock.json'))).every(
    ([path, wanted]) => path === '' || wanted.optional || installed[path]?.version === wanted.version,
  );
}

/** Installs the lockfile's packages when they are missing or other than it says. */
export async function ensurePackages(root) {
  if (packagesAreThere(root)) return;
  console.log('Installing packages (npm ci) …');
  if ((await show('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root })) !== 0)
    throw new Trouble('npm ci failed; see its message above.');
}
