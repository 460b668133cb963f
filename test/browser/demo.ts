import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedSupabase } from '../../supabase/embedded/index.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A data folder with the demo street in it, closed: for each file of tests to copy. */
    demoFolder: string;
  }
}

export const cacheDir = resolve(import.meta.dirname, '../../.cache');

/** Once a run: the demo street is made, which takes longer than most files of tests, and kept to be copied. */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'courtyard-demo-'));
  const server = await startEmbeddedSupabase({ dataDir: folder, cacheDir, port: 0, demo: true });
  await server.stop();
  project.provide('demoFolder', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
