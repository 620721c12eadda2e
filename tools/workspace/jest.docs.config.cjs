// What compares documents with what they speak of; apart, so that a change of a README executes no other test.
const preset = require('../../jest.preset.js');

module.exports = {
  ...preset,
  displayName: 'docs',
  testMatch: ['<rootDir>/tests/docs/**/*.test.ts'],
  collectCoverage: false,
  reporters: ['default'],
};
