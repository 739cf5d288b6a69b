import js from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** The rooms under `src/` and the rooms that each may import from besides itself. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  common: [],
  text: ['common'],
  speech: ['common'],
  llm: ['common'],
  library: ['common'],
  diagnostics: ['common', 'library', 'speech'],
  assistant: ['common', 'text'],
  main: ['common', 'library'],
  preload: ['common'],
  renderer: ['common'],
  cli: ['common', 'library', 'text', 'speech', 'assistant', 'llm', 'diagnostics'],
};

/** Rooms that run without Electron; only their process entry file knows how Electron starts it. */
const WITHOUT_ELECTRON = [
  'common',
  'text',
  'speech',
  'llm',
  'library',
  'diagnostics',
  'assistant',
  'cli',
  'renderer',
];

export default defineConfig(
  { ignores: ['out/', 'dist/', 'node_modules/', 'test-results/'] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  reactHooks.configs.flat.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { 'import-x': importX },
    rules: {
      'import-x/no-restricted-paths': [
        'error',
        {
          zones: Object.entries(ROOMS).map(([room, may]) => ({
            target: `./src/${room}`,
            from: './src',
            except: [room, ...may].map((name) => `./${name}`),
            message: `src/${room} may import only from: ${[room, ...may].join(', ')}.`,
          })),
        },
      ],
      // Reading the packages as well finds nothing of ours, and stumbles over a package's folder called `node`.
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
    },
  },
  {
    files: WITHOUT_ELECTRON.map((room) => `src/${room}/**`),
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { paths: ['electron'] }] },
  },
  {
    // What is said of a failure stands in src/common/strings, for whoever translates it.
    files: ['src/**'],
    ignores: ['**/*.test.ts', '**/*.test.tsx', '**/testing/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'CallExpression[callee.name=/^(fail|appError)$/] > ObjectExpression.arguments:nth-child(3) > ' +
            'Property[key.name=/^(message|hint)$/] > :matches(Literal, TemplateLiteral).value',
          message: 'Write what is said of a failure in src/common/strings.',
        },
      ],
    },
  },
  {
    // A test's port or handler is often an empty function or an unbound method under observation.
    files: ['**/*.test.ts', '**/*.test.tsx', '**/testing/**', 'e2e/**'],
    rules: {
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
);
