// `npm start`: installs and builds what is missing, then serves. PORT, HOST, DATA_DIR, DATABASE_URL, DEMO=0.
import { ensureBuilt, ensureInstalled, ensureNode } from './ensure.mjs';

ensureNode();
ensureInstalled();
ensureBuilt();

const { register } = await import('tsx/esm/api');
register();
await import('./main.ts');
