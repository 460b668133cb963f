// `node run.mjs <file.ts> [arguments]`: installs what is missing, then runs a TypeScript file of the project.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled, ensureNode, fail } from './ensure.mjs';

const [file, ...args] = process.argv.slice(2);
if (!file) fail('Usage: node supabase/embedded/run.mjs <file.ts> [arguments]');

ensureNode();
ensureInstalled();

const { register } = await import('tsx/esm/api');
register();
process.argv = [process.argv[0], resolve(file), ...args];
await import(pathToFileURL(resolve(file)).href);
