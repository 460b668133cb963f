import { format, resolveConfig } from 'prettier';
import { expect, inject, it } from 'vitest';
import { supabase } from './supabase-cli.ts';

it('src/data/database.types.ts is what the database says (else: npm run types)', async () => {
  const { out } = await supabase([
    'gen',
    'types',
    'typescript',
    `--remote=${inject('nativeUrl')}`,
    '--schema',
    'public',
  ]);
  const options = await resolveConfig(import.meta.filename);
  const types = await format(out, { ...options, plugins: [], overrides: [], parser: 'typescript' });
  const heading = '// Made by `npm run types` from the migrations; a test compares them.\n\n';
  await expect(heading + types).toMatchFileSnapshot('../../src/data/database.types.ts');
});
