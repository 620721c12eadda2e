module.exports = { preset: '../../jest.integration.preset.js', displayName: 'user-service (integration)' };
