import { closeSync, fsyncSync, openSync } from 'node:fs';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import type { PGlite } from '@electric-sql/pglite';
import { SEARCH_PATH } from './types.ts';
import type { WasmStack } from './wasm-stack.ts';

type Init = ReturnType<NodeFS['init']>;
type Options = Parameters<NodeFS['init']>[1];

interface Stream {
  nfd?: number;
  node: unknown;
}

/**
 * PGlite's files on disk, with the one thing its NodeFS leaves out: fsync. PostgreSQL itself decides what to sync and when
 * (each commit's log, a checkpoint's files and folders); here its calls reach the disk.
 */
export class DurableFS extends NodeFS {
  readonly #stack: WasmStack;

  /** `stack` gets hold of the WebAssembly instance on the way. */
  constructor(folder: string, stack: WasmStack) {
    super(folder);
    this.#stack = stack;
  }

  override async init(pg: PGlite, options: Options): Init {
    const prepared = await super.init(pg, options);
    const { instantiateWasm } = prepared.emscriptenOpts;
    if (instantiateWasm) prepared.emscriptenOpts.instantiateWasm = this.#stack.watch(instantiateWasm);
    prepared.emscriptenOpts.preRun?.unshift((module) => {
      const nodefs = module.FS.filesystems.NODEFS;
      nodefs.stream_ops.fsync = (stream: Stream): number => {
        if (stream.nfd === undefined) syncFolder(nodefs.realPath(stream.node));
        else fsyncSync(stream.nfd);
        return 0;
      };
    });
    return prepared;
  }
}

/** Makes a folder's entries (files made, renamed, removed) last through a power cut. */
export function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/**
 * How PGlite starts PostgreSQL here: its own defaults without `-F` (which turns fsync off), syncing by fsync(), the only
 * call its file system passes on, a log small enough to be replayed in a second, and Supabase's search path.
 */
export function durableStartParams(defaults: readonly string[]): string[] {
  const settings = [
    'fsync=on',
    'wal_sync_method=fsync',
    'synchronous_commit=on',
    'full_page_writes=on',
    'max_wal_size=64MB',
    'timezone=UTC',
    `search_path=${SEARCH_PATH}`,
  ];
  return [...defaults.filter((param) => param !== '-F'), ...settings.flatMap((setting) => ['-c', setting])];
}
