import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/**
 * Runs the Supabase CLI on this project and gives what it said. It may not phone home, ask, or keep anything in the
 * user's own folder. Throws with its words when it fails, unless `anyway`.
 */
export function supabase(
  args: string[],
  anyway = false,
): Promise<{ out: string; err: string; code: number }> {
  const home = mkdtempSync(join(tmpdir(), 'courtyard-cli-'));
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    CI: '1',
    DO_NOT_TRACK: '1',
    SUPABASE_TELEMETRY_DISABLED: '1',
    SUPABASE_NO_UPDATE_NOTIFIER: '1',
    PGSSLMODE: 'disable',
  };
  return new Promise((done, fail) => {
    const script = join(root, 'node_modules/supabase/dist/supabase.js');
    const child = spawn(process.execPath, [script, '--agent=no', '--workdir', root, ...args], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = { out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
    child.on('error', fail);
    child.on('close', (code) => {
      rmSync(home, { recursive: true, force: true });
      const result = { ...said, code: code ?? 1 };
      if (result.code === 0 || anyway) done(result);
      else fail(new Error(`supabase ${args.join(' ')}\n${said.out}\n${said.err}`));
    });
  });
}
