module.exports = { preset: '../../jest.integration.preset', displayName: 'dao-inventory (integration)' };
