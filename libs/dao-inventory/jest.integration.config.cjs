module.exports = { preset: '../../jest.integration.preset.js', displayName: 'dao-inventory (integration)' };
