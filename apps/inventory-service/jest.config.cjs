module.exports = { preset: '../../jest.preset.js', displayName: 'inventory-service' };
