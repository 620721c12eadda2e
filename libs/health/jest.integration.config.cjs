module.exports = { preset: '../../jest.integration.preset.js', displayName: 'health (integration)' };
