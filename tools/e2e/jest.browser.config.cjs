module.exports = {
  ...require('../../jest.integration.preset.js'),
  displayName: 'e2e (browser)',
  testMatch: ['<rootDir>/tests/browser/**/*.browser.test.ts'],
  collectCoverage: false,
  reporters: ['default', [require.resolve('../jest/summary-reporter.cjs'), { directory: 'test-output/browser' }]],
};
