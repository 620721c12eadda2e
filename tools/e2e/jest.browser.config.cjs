// The API reference page in a headless Chromium, which `tools/ci/chromium.sh` installs.
const integration = require('../../jest.integration.preset.js');

module.exports = {
  ...integration,
  displayName: 'e2e (browser)',
  testMatch: ['<rootDir>/tests/browser/**/*.browser.test.ts'],
  coverageDirectory: 'test-output/browser/coverage',
  reporters: [
    'default',
    [require.resolve('../../tools/jest/summary-reporter.cjs'), { directory: 'test-output/browser' }],
  ],
};
