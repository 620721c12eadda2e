module.exports = { preset: '../../jest.integration.preset', displayName: 'database-core (integration)' };
