import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ask, show, Trouble } from './shell.mjs';

const oldestPostgres = 15;

/** Path of a Chromium that starts, or null. */
export function findChromium() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
  const onPath = (process.env.PATH ?? '')
    .split(':')
    .flatMap((folder) => names.map((name) => join(folder, name)));
  const usual = ['/usr/bin/chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];
  const candidates = [process.env.CHROMIUM_PATH, ...onPath, ...usual];
  return candidates.find((path) => path && existsSync(path) && ask(path, ['--version']).code === 0) ?? null;
}

/** True when some font has Chinese characters. Where there is no fontconfig (macOS), the system brings its own. */
export function hasChineseFont() {
  const fonts = ask('fc-list', [':lang=zh']);
  return fonts.code === 0 ? fonts.out.trim() !== '' : process.platform === 'darwin';
}

function postgresFolders() {
  const versioned = (parent, tail) =>
    existsSync(parent) ? readdirSync(parent).map((name) => join(parent, name, tail)) : [];
  return [
    process.env.POSTGRES_BIN,
    ...versioned('/usr/lib/postgresql', 'bin'),
    ...versioned('/opt/homebrew/opt', 'bin').filter((path) => path.includes('/postgresql')),
    ...(process.env.PATH ?? '').split(':'),
    ...versioned('/usr', 'bin').filter((path) => path.includes('/pgsql')),
  ].filter((folder) => folder && existsSync(join(folder, 'initdb')));
}

/** What the tests need of PostgreSQL: `{ bin, version, lacks: [extension] }` of the best one there, or null. */
export function findPostgres() {
  const found = postgresFolders().flatMap((bin) => {
    const version = Number(
      /(\d+)(\.|devel|beta|rc|$)/.exec(ask(join(bin, 'postgres'), ['--version']).out)?.[1],
    );
    if (!(version >= oldestPostgres)) return [];
    const shared = ask(join(bin, 'pg_config'), ['--sharedir']).out.trim();
    const folders = [join(shared, 'extension'), `/usr/share/postgresql/${version}/extension`];
    const has = (name) => folders.some((folder) => existsSync(join(folder, `${name}.control`)));
    return [{ bin, version, lacks: ['postgis', 'plpgsql_check'].filter((name) => !has(name)) }];
  });
  const rank = (one) => one.lacks.length * 100 - one.version;
  return found.toSorted((a, b) => rank(a) - rank(b))[0] ?? null;
}

/** The newest PostgreSQL (≥ 15) for which the distribution has PostGIS; what is installed already goes first. */
export function postgresVersionOf(aptSearch, installed) {
  const offered = [...aptSearch.matchAll(/^postgresql-(\d+)-postgis-3\b/gm)].map((match) => Number(match[1]));
  const fit = offered.filter((version) => version >= oldestPostgres);
  return fit.includes(installed) ? installed : fit.length > 0 ? Math.max(...fit) : null;
}

function missing(needs) {
  const chromium = needs.has('chromium') ? findChromium() : undefined;
  const font = needs.has('chromium') ? hasChineseFont() : true;
  const postgres = needs.has('postgres') ? findPostgres() : undefined;
  const wanted = [];
  if (chromium === null) wanted.push('chromium');
  if (!font) wanted.push('fonts-noto-cjk', 'fontconfig');
  const database = postgres === null || (postgres && postgres.lacks.length > 0);
  return { chromium, postgres, wanted, database };
}

function packagesFor(state) {
  if (!state.database) return state.wanted;
  const offers = ask('apt-cache', ['search', '--names-only', '^postgresql-[0-9]+-postgis-3$']).out;
  const version = postgresVersionOf(offers, state.postgres?.version);
  if (version === null)
    throw new Trouble(
      'This distribution has no PostgreSQL 15 or newer with PostGIS. Add https://apt.postgresql.org and run again.',
    );
  return [
    ...state.wanted,
    `postgresql-${version}`,
    `postgresql-${version}-postgis-3`,
    `postgresql-${version}-plpgsql-check`,
  ];
}

const installCommand = (packages) =>
  `apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`;

/** Without apt-cache's lists the version is not known, so the command shows Debian 12's. */
const anyPackages = (state) => [
  ...state.wanted,
  ...(state.database ? ['postgresql-15', 'postgresql-15-postgis-3', 'postgresql-15-plpgsql-check'] : []),
];

/**
 * Finds what the parts need (`chromium` with a Chinese font, `postgres` with PostGIS and plpgsql_check), installs by
 * apt-get what is missing where that is allowed, and gives `{ chromium, postgres }`. Throws Trouble with the exact
 * command when it can't.
 */
export async function ensureSystem(needs) {
  const before = missing(needs);
  if (before.wanted.length === 0 && !before.database) return before;
  const names = [...before.wanted, ...(before.database ? ['PostgreSQL with PostGIS and plpgsql_check'] : [])];
  const root = process.getuid?.() === 0;
  const apt = ask('apt-get', ['--version']).code === 0;
  if (!apt)
    throw new Trouble(
      `The tests need ${names.join(', ')}. On Debian or Ubuntu:\n  sudo sh -c '${installCommand(anyPackages(before))}'\n` +
        'Elsewhere install them by your own package manager; CHROMIUM_PATH and POSTGRES_BIN say where they are.',
    );
  if (!root && ask('sudo', ['-n', 'true']).code !== 0)
    throw new Trouble(
      `The tests need ${names.join(', ')}, and installing needs root. Run this, then again:\n  sudo sh -c '${installCommand(packagesFor(before))}'`,
    );
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const asRoot = (...command) =>
    root
      ? show(command[0], command.slice(1), { env })
      : show('sudo', ['-n', 'DEBIAN_FRONTEND=noninteractive', ...command], { env });
  console.log(`Installing ${names.join(', ')} …`);
  await asRoot('apt-get', 'update', '-q');
  const packages = packagesFor(before);
  await asRoot('apt-get', 'install', '-y', '-q', '--no-install-recommends', ...packages);
  const after = missing(needs);
  if (after.wanted.length > 0 || after.database)
    throw new Trouble(`apt-get could not install them. The command was:\n  ${installCommand(packages)}`);
  return after;
}
