module.exports = { preset: '../../jest.integration.preset.js', displayName: 'simulation (integration)' };
