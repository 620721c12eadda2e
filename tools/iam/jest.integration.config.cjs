module.exports = { preset: '../../jest.integration.preset.js', displayName: 'iam (integration)' };
