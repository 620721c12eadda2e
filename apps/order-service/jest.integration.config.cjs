module.exports = { preset: '../../jest.integration.preset', displayName: 'order-service (integration)' };
