module.exports = { preset: '../../jest.integration.preset.js', displayName: 'inventory-service (integration)' };
