import { createHash } from 'node:crypto';
import { linkSync, renameSync, rmSync, statSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Another process is serving this data folder. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
}

/** A held lock. */
export interface FolderLock {
  release(): Promise<void>;
}

/**
 * Takes the data folder for this process alone, or throws FolderInUse.
 *
 * The lock is a listening socket, not a file with a number in it: the kernel closes it when its process ends, however it
 * ends, so a lock is held exactly as long as its owner lives; process ids that come round again, or other machines' ids, cannot
 * mislead it. On Linux an abstract socket named after the folder's device and inode decides between processes that start at
 * once. The socket file in the folder besides is seen from other containers that share the folder, and is the lock itself
 * on other systems (a named pipe on Windows); a file left by a killed owner refuses connections and is replaced.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const held: Server[] = [];
  const release = async () => {
    for (const server of held) await new Promise((done) => server.close(done));
  };
  try {
    if (process.platform === 'linux') held.push(await listen(`\0digital-courtyard:${identity(folder)}`));
    held.push(
      await (process.platform === 'win32'
        ? listen(`\\\\.\\pipe\\digital-courtyard-${identity(folder)}`)
        : listenOnFile(socketPath(folder))),
    );
    return { release };
  } catch (error) {
    await release();
    if (code(error) !== 'EADDRINUSE') throw error;
    throw new FolderInUse(
      `Another server is already running on the data folder ${resolve(folder)}. Stop it first, or choose another folder with DATA_DIR.`,
    );
  }
}

/** Binds a socket file; one nobody answers on was left by a killed process and is replaced. */
async function listenOnFile(path: string): Promise<Server> {
  try {
    return await listen(path);
  } catch (error) {
    if (code(error) !== 'EADDRINUSE' || (await answers(path))) throw error;
    const aside = `${path}.${process.pid}`;
    renameSync(path, aside);
    if (await answers(aside)) {
      linkSync(aside, path);
      throw error;
    }
    rmSync(aside, { force: true });
    return listen(path);
  }
}

function listen(path: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', reject);
    server.listen(path, () => {
      server.unref();
      resolve(server);
    });
  });
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function identity(folder: string): string {
  const { dev, ino } = statSync(folder);
  return process.platform === 'win32' ? hash(resolve(folder).toLowerCase()) : `${dev}:${ino}`;
}

/** A socket's path may have about 100 bytes: a longer one moves to the temporary folder, named after the data folder. */
function socketPath(folder: string): string {
  const path = join(resolve(folder), 'lock.sock');
  return Buffer.byteLength(path) < 90
    ? path
    : join(tmpdir(), `digital-courtyard-${hash(identity(folder))}.sock`);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}

function code(error: unknown): unknown {
  return error instanceof Error ? Reflect.get(error, 'code') : undefined;
}
