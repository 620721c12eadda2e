module.exports = { preset: '../../jest.integration.preset.js', displayName: 'database-core (integration)' };
