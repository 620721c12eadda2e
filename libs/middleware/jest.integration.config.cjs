module.exports = { preset: '../../jest.integration.preset.js', displayName: 'middleware (integration)' };
