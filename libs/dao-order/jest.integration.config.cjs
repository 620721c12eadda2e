module.exports = { preset: '../../jest.integration.preset.js', displayName: 'dao-order (integration)' };
