module.exports = { preset: '../../jest.integration.preset.js', displayName: 'flow-order (integration)' };
