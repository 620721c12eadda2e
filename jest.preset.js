// What every project's unit tests share. Libraries resolve to their TypeScript source, so tests need no build.
const esmOnly = ['content-disposition', 'cookie', 'dinero\\.js', 'jose', 'ulid', 'uuid'];

module.exports = {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@cnop/source', 'node', 'node-addons'] },
  testMatch: ['<rootDir>/tests/{unit,types}/**/*.test.ts'],
  transform: {
    '^.+\\.[cm]?[tj]s$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: { target: 'es2023', parser: { syntax: 'typescript' }, keepClassNames: true },
        module: { type: 'commonjs' },
        // As a string the map would be lost, and coverage counted in the transpiled code.
        sourceMaps: 'inline',
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  // Nx runs projects side by side; a second process for each would load everything once more. `-w 2` is quicker for one project alone.
  maxWorkers: 1,
  // A machine that is busy with other things is no failure.
  testTimeout: 300_000,
  // What `jest.useFakeTimers()` leaves alone: with a clock and time-outs that only the test moves, all that is ready runs as usual.
  fakeTimers: { doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'clearImmediate', 'hrtime', 'performance'] },
  // The bound is for what is deployed or published.
  collectCoverage: /[\\/](libs|apps)[\\/]/.test(process.cwd()),
  collectCoverageFrom: ['src/**/*.ts', '!src/**/index.ts'],
  coverageDirectory: 'test-output/unit/coverage',
  coverageReporters: ['json'],
  reporters: ['default', [require.resolve('./tools/jest/summary-reporter.cjs'), { directory: 'test-output/unit' }]],
};
