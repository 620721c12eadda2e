module.exports = { preset: '../../jest.integration.preset.js', displayName: 'e2e (integration)' };
