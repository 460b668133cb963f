import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, Trouble } from './shell.mjs';

/** PostgreSQL refuses to run as root: then its own user does, else nobody. */
function account() {
  if (process.getuid?.() !== 0) return {};
  const user = ['postgres', 'nobody'].find((name) => ask('id', ['-u', name]).code === 0);
  if (!user) throw new Trouble('PostgreSQL can not run as root and there is no user postgres or nobody.');
  const id = (flag) => Number(ask('id', [flag, user]).out);
  return { uid: id('-u'), gid: id('-g') };
}

function freePort() {
  return new Promise((done, fail) => {
    const server = createServer();
    server.on('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

// A test's cluster may lose everything at a power cut; it must only be quick.
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '60',
  shared_buffers: '128MB',
  jit: 'off',
  timezone: 'UTC',
  logging_collector: 'off',
};

/**
 * Starts a throwaway PostgreSQL on a free loopback port with a random password and its data in a temporary folder.
 * Gives `{ url, stop() }`: a superuser's URL, and the way to end it and remove every trace (safe to call twice).
 */
export async function startCluster(bin) {
  const owner = account();
  const folder = mkdtempSync(join(tmpdir(), 'courtyard-postgres-'));
  const data = join(folder, 'data');
  const password = randomBytes(16).toString('hex');
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (owner.uid !== undefined)
    for (const path of [folder, passwordFile]) chownSync(path, owner.uid, owner.gid);
  const remove = () => rmSync(folder, { recursive: true, force: true });

  const made = ask(
    join(bin, 'initdb'),
    [
      `--pgdata=${data}`,
      '--username=postgres',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      '--no-sync',
    ],
    { ...owner, cwd: folder },
  );
  if (made.code !== 0) {
    remove();
    throw new Trouble(`initdb failed:\n${made.out}`);
  }

  const port = await freePort();
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  let output = '';
  const server = spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), ...options], {
    ...owner,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  server.stderr.on('data', (chunk) => {
    output = `${output}${chunk}`.slice(-20_000);
  });
  const ended = new Promise((done) => server.on('exit', done));
  const stop = async () => {
    if (server.exitCode === null && server.signalCode === null) {
      server.kill('SIGINT');
      await Promise.race([ended, sleep(10_000, undefined, { ref: false })]);
      if (server.exitCode === null && server.signalCode === null) server.kill('SIGQUIT');
    }
    remove();
  };

  const ready = ['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', '-q'];
  for (let tries = 0; ask(join(bin, 'pg_isready'), ready).code !== 0; tries += 1) {
    if (tries > 300 || server.exitCode !== null) {
      await stop();
      throw new Trouble(`PostgreSQL did not start:\n${output}`);
    }
    await sleep(100);
  }
  return { url: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`, stop };
}
