import svelte from 'eslint-plugin-svelte';
import tsParser from '@typescript-eslint/parser';

/** Which rooms of src/ a room may import from: surfaces → ui, map, data → core, never back, never across. */
const rooms = {
  core: [],
  data: ['core'],
  map: ['core'],
  ui: ['core'],
  resident: ['core', 'data', 'map', 'ui'],
  street: ['core', 'data', 'map', 'ui'],
  community: ['core', 'data', 'map', 'ui'],
  admin: ['core', 'data', 'map', 'ui'],
};

/** What a room may load only when it is needed, never with its first screen. */
const lazily = { resident: ['map'] };

const onlyIn = {
  map: ['maplibre-gl', 'maplibre-gl/*', '@deck.gl/*', 'terra-draw', 'terra-draw-*'],
  data: ['@supabase/*'],
};

function roomRule(room) {
  const forbidden = Object.keys(rooms).filter((other) => other !== room && !rooms[room].includes(other));
  const packages = Object.entries(onlyIn).flatMap(([owner, names]) => (owner === room ? [] : names));
  return {
    files: [`src/${room}/**/*.{ts,svelte}`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: forbidden.map((other) => `**/${other}/**`),
              message: `src/${room} may import from: ${rooms[room].join(', ') || 'nothing'}.`,
            },
            {
              group: packages,
              message: 'Only src/map imports map libraries, only src/data imports Supabase.',
            },
          ],
        },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: `ImportExpression[source.value=/[/](${forbidden.join('|')})[/]/]`,
          message: `src/${room} may import from: ${rooms[room].join(', ') || 'nothing'}.`,
        },
        ...(lazily[room] ?? []).map((other) => ({
          selector: `ImportDeclaration[importKind!="type"][source.value=/[/]${other}[/]/]`,
          message: `src/${room} loads src/${other} only when it is needed: import('…').`,
        })),
      ],
    },
  };
}

export default [
  { ignores: ['dist', '.data', '.cache', 'node_modules', 'public'] },
  ...svelte.configs.recommended,
  { files: ['**/*.svelte', '**/*.svelte.ts'], languageOptions: { parserOptions: { parser: tsParser } } },
  { files: ['**/*.ts'], languageOptions: { parser: tsParser } },
  ...Object.keys(rooms).map(roomRule),
];
