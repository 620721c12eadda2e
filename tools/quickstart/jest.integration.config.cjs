module.exports = { preset: '../../jest.integration.preset.js', displayName: 'quickstart (integration)' };
