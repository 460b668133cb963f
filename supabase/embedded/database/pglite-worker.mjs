// A worker thread starts without a TypeScript loader on Node 20: this brings one, then the worker itself.
import { register } from 'tsx/esm/api';

register();
await import('./pglite-worker.ts');
