module.exports = { preset: '../../jest.integration.preset.js', displayName: 'bench (integration)' };
