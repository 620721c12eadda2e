module.exports = { preset: '../../jest.integration.preset.js', displayName: 'testing (integration)' };
