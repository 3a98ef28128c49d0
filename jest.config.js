/** Each level of test is a suffix (see docs/architecture.md); `--selectProjects unit|medium|contract|e2e` picks one. */
const swc = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    target: 'es2024',
    keepClassNames: true,
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

const level = (displayName, suffix, extra = {}) => ({
  displayName,
  testMatch: [`<rootDir>/{apps,libs,tools,e2e}/**/*${suffix}`],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['/dist/', '<rootDir>/.parta/'],
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['parta-source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  setupFiles: ['reflect-metadata'],
  ...extra,
});

const withServers = {
  globalSetup: '<rootDir>/libs/platform/testing/src/global-setup.ts',
  globalTeardown: '<rootDir>/libs/platform/testing/src/global-teardown.ts',
};

// A failing test is read by its assertion; set PARTA_LOG_LEVEL=debug to see the services' own lines.
process.env.PARTA_LOG_LEVEL ??= 'silent';

export default {
  // For a machine that has other things to do; a test that hangs is still found.
  testTimeout: 30_000,
  workerIdleMemoryLimit: '1GB',
  projects: [
    level('unit', '.spec.ts', { testMatch: ['<rootDir>/{apps,libs,tools}/**/!(*-spec).spec.ts'] }),
    level('contract', '.contract-spec.ts'),
    level('medium', '.medium-spec.ts', withServers),
    level('e2e', '.e2e-spec.ts', withServers),
  ],
};
