import { spawn, spawnSync } from 'node:child_process';

/** Runs a program to its end and gives `{ code, out }`; never throws, `code` is 127 when it is not there. */
export function ask(program, args, options = {}) {
  const result = spawnSync(program, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  });
  return {
    code: result.error ? 127 : (result.status ?? 1),
    out: `${result.stdout ?? ''}${result.stderr ?? ''}`,
  };
}

const running = new Set();

/** Runs a program with its output on the terminal; resolves to its exit code. `stopAll` ends it early. */
export function show(program, args, options = {}) {
  return new Promise((done) => {
    const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
    running.add(child);
    const end = (code) => {
      running.delete(child);
      done(code);
    };
    child.on('error', () => end(127));
    child.on('exit', (code) => end(code ?? 1));
  });
}

/** Asks every program that `show` still runs to end. */
export function stopAll() {
  for (const child of running) child.kill('SIGTERM');
}

/** A reason to stop that a person can act on: printed without a stack. */
export class Trouble extends Error {}
