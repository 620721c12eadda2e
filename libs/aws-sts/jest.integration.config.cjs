module.exports = { preset: '../../jest.integration.preset/jest-preset.js', displayName: 'aws-sts (integration)' };
