module.exports = { preset: '../../jest.integration.preset.js', displayName: 'demo (integration)' };
