// What every project's integration tests share; they run against the DynamoDB named by DYNAMODB_ENDPOINT.
const unit = require('./jest.preset.js');

module.exports = {
  ...unit,
  testMatch: ['<rootDir>/tests/integration/**/*.integration.test.ts'],
  coverageDirectory: 'test-output/integration/coverage',
  reporters: [
    'default',
    [require.resolve('./tools/jest/summary-reporter.cjs'), { directory: 'test-output/integration' }],
  ],
};
