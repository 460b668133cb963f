import * as v from 'valibot';
import type { EmbeddedSupabase } from './index.ts';
import type { Progress } from './schema/migrate.ts';

const STEPS: Record<string, string> = {
  database: 'Making the database (once, about 15 s)',
  platform: 'Making the database: Supabase’s roles and functions',
  copy: 'Copying the prepared database',
  open: 'Opening the database',
  migrations: 'Applying migrations',
  seed: 'Bringing the demo street',
};

/** Shows how far a start is, on one line of a terminal or line by line elsewhere. */
export function progressLine(out: NodeJS.WriteStream): Progress {
  let shown = '';
  return (what, done, of) => {
    const line = `${STEPS[what] ?? what}${of > 1 ? ` ${done + 1}/${of}` : ''} …`;
    if (out.isTTY) out.write(`\r\x1b[2K${line}`);
    else if (shown !== what) out.write(`${line}\n`);
    shown = what;
  };
}

const Account = v.object({ email: v.string(), password: v.string(), label: v.string(), surface: v.string() });
const Link = v.object({ label: v.string(), path: v.string() });

/** What is printed once the server is up: where to go, and as whom. */
export async function announcement(server: EmbeddedSupabase, seconds: number): Promise<string> {
  const links = await listed(server, 'demo_links', Link);
  const accounts = await listed(server, 'demo_accounts', Account);
  const lines = [
    '',
    `数字院落 Digital Courtyard is up (${seconds.toFixed(1)} s)`,
    '',
    ...links.map((link) => row(`居民 Resident: ${link.label}`, server.url + link.path)),
    row('街道 Street', `${server.url}/street/`),
    row('社区 Community', `${server.url}/community/`),
    row('管理 Administration', `${server.url}/admin/`),
  ];
  if (accounts.length) {
    lines.push('', '演示账号 Demo accounts');
    for (const account of folded(accounts))
      lines.push(row(account.label, `${account.email}  ${account.password}  ${account.surface}`));
  }
  lines.push('', 'Ctrl-C stops it; what was entered stays.', '');
  return (process.stderr.isTTY ? '\r\x1b[2K' : '') + lines.join('\n');
}

const MOST_ALIKE = 3;

/** Of many accounts that differ only by a number (grid1@, grid2@ …) the first, saying how far they go. */
function folded(accounts: v.InferOutput<typeof Account>[]): v.InferOutput<typeof Account>[] {
  const kind = (email: string) => email.replace(/\d+@/, '@');
  return accounts.flatMap((account) => {
    const alike = accounts.filter((other) => kind(other.email) === kind(account.email));
    if (alike.length <= MOST_ALIKE) return [account];
    const last = alike.at(-1)?.email.split('@')[0];
    return account === alike[0] ? [{ ...account, label: `${account.label}（… ${last}）` }] : [];
  });
}

/** The rows of a table of the demo, in its order; none when the demo was not brought. */
async function listed<T>(
  server: EmbeddedSupabase,
  table: string,
  shape: v.GenericSchema<unknown, T>,
): Promise<T[]> {
  const [there] = await server.query('select to_regclass($1) is not null as yes', [`private.${table}`]);
  if (there?.['yes'] !== true) return [];
  return v.parse(v.array(shape), await server.query(`select * from private.${table} order by ord`));
}

/** Two columns, counting Chinese characters as two wide. */
function row(left: string, right: string): string {
  const width = [...left].reduce((sum, char) => sum + (char > '\u2e80' ? 2 : 1), 0);
  return `  ${left}${' '.repeat(Math.max(2, 30 - width))}${right}`;
}
