module.exports = { preset: '../../jest.integration.preset.js', displayName: 'fault-matrix (integration)' };
