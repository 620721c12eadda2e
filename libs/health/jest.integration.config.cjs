module.exports = { preset: '../../jest.integration.preset', displayName: 'health (integration)' };
