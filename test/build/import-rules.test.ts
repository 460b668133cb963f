import { resolve } from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const eslint = new ESLint({ cwd: root, overrideConfigFile: resolve(root, '.eslint.config.js') });

async function refused(file: string, code: string): Promise<boolean> {
  const [result] = await eslint.lintText(code, { filePath: resolve(root, file) });
  return result?.messages.some(({ ruleId }) => ruleId?.startsWith('no-restricted-')) ?? false;
}

describe('imports run one way', () => {
  it.each([
    ['src/core/a.ts', '../data/session.ts'],
    ['src/core/a.ts', 'maplibre-gl'],
    ['src/data/a.ts', '../ui/Button.svelte'],
    ['src/map/a.ts', '../street/App.svelte'],
    ['src/map/a.ts', '@supabase/supabase-js'],
    ['src/ui/a.ts', '../map/style.ts'],
    ['src/ui/issue/a.ts', '../../community/App.svelte'],
    ['src/resident/a.ts', '../street/App.svelte'],
    ['src/street/parts/a.ts', '../../community/App.svelte'],
    ['src/community/a.ts', 'maplibre-gl'],
    ['src/street/a.ts', '@supabase/supabase-js'],
  ])('%s may not import %s', async (file, from) => {
    expect(await refused(file, `import { a } from '${from}';\nexport const b = a;\n`)).toBe(true);
  });

  it.each([
    ['src/street/a.ts', '../map/style.ts'],
    ['src/street/a.ts', '../core/due.ts'],
    ['src/data/a.ts', '@supabase/supabase-js'],
    ['src/map/a.ts', 'maplibre-gl'],
    ['src/resident/a.ts', '../data/resident.ts'],
  ])('%s may import %s', async (file, from) => {
    expect(await refused(file, `import { a } from '${from}';\nexport const b = a;\n`)).toBe(false);
  });

  it('holds for what is loaded later, too', async () => {
    expect(await refused('src/resident/a.ts', `await import('../street/App.svelte');\n`)).toBe(true);
    expect(await refused('src/core/a.ts', `await import('../map/style.ts');\n`)).toBe(true);
    expect(await refused('src/resident/a.ts', `await import('../map/pin.ts');\n`)).toBe(false);
  });

  it('keeps the map out of the resident’s first load', async () => {
    expect(await refused('src/resident/a.ts', `import { pin } from '../map/pin.ts';\npin();\n`)).toBe(true);
    expect(
      await refused('src/resident/a.ts', `import type { Pin } from '../map/pin.ts';\nexport type A = Pin;\n`),
    ).toBe(false);
  });
});
