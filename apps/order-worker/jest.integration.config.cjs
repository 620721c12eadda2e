module.exports = { preset: '../../jest.integration.preset.js', displayName: 'order-worker (integration)' };
