module.exports = { preset: '../../jest.integration.preset.js', displayName: 'portfolio (integration)' };
