module.exports = { preset: '../../jest.integration.preset', displayName: 'dao-order (integration)' };
