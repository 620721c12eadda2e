module.exports = { preset: '../../jest.integration.preset.js', displayName: 'aws-suite (integration)' };
