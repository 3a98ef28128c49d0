import nx from '@nx/eslint-plugin';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/**
 * What may import what. A service knows its own contracts, the contracts of services whose facts it hears, the rules of
 * the domain, which know nothing else, and the platform; never another service. tools/boundaries.spec checks that each line here refuses what it should.
 */
export const boundaries = [
  { sourceTag: 'type:platform', onlyDependOnLibsWithTags: ['type:platform'] },
  { sourceTag: 'type:domain', onlyDependOnLibsWithTags: ['type:domain'] },
  { sourceTag: 'type:contracts', onlyDependOnLibsWithTags: ['scope:contract-language'] },
  { sourceTag: 'type:service', onlyDependOnLibsWithTags: ['type:contracts', 'type:domain', 'type:platform'] },
  { sourceTag: 'type:gateway', onlyDependOnLibsWithTags: ['type:contracts', 'type:platform'] },
  {
    sourceTag: 'type:standalone',
    onlyDependOnLibsWithTags: [
      'type:service',
      'type:gateway',
      'type:contracts',
      'type:domain',
      'type:platform',
    ],
  },
  { sourceTag: 'type:receivers', onlyDependOnLibsWithTags: ['type:platform'] },
  { sourceTag: 'type:bench', onlyDependOnLibsWithTags: ['*'] },
  { sourceTag: 'type:web', onlyDependOnLibsWithTags: ['type:web', 'type:domain'] },
];

/** Tests may hear what the product sends: the receivers of mail and SMS stand beside a service only there. */
const boundariesOfTests = boundaries.map((rule) =>
  ['type:service', 'type:standalone'].includes(rule.sourceTag)
    ? { ...rule, onlyDependOnLibsWithTags: [...rule.onlyDependOnLibsWithTags, 'type:receivers'] }
    : rule,
);

const boundaryRule = (depConstraints) => [
  'error',
  { enforceBuildableLibDependency: false, allow: [], depConstraints },
];

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '.nx/**',
      '.parta/**',
      '**/generated/**',
      'apps/web/public/**',
    ],
  },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx', '**/*.mjs', '**/*.js'],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': boundaryRule(boundaries),
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'off',
      'no-console': 'error',
    },
  },
  {
    files: ['apps/**/*.ts', 'libs/**/*.ts'],
    ignores: ['apps/web/**'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
    },
  },
  {
    files: ['apps/*/test/**/*.ts', 'apps/**/*-spec.ts'],
    plugins: { '@nx': nx },
    rules: { '@nx/enforce-module-boundaries': boundaryRule(boundariesOfTests) },
  },
  { files: ['tools/**', 'libs/platform/embedded/test/**'], rules: { 'no-console': 'off' } },
  {
    // What broke while drawing belongs into the browser's console.
    files: ['apps/web/**'],
    rules: { 'no-console': ['error', { allow: ['error'] }] },
  },
  { files: ['apps/web/**/*.tsx', 'apps/web/**/*.ts'], ...reactHooks.configs.flat['recommended-latest'] },
);
