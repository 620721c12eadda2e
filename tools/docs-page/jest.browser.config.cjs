module.exports = {
  ...require('../../jest.integration.preset.js'),
  displayName: 'docs-page (browser)',
  testMatch: ['<rootDir>/tests/browser/**/*.browser.test.ts'],
  collectCoverage: false,
  reporters: ['default', [require.resolve('../jest/summary-reporter.cjs'), { directory: 'test-output/browser' }]],
};
