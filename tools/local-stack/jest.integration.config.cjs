module.exports = { preset: '../../jest.integration.preset.js', displayName: 'local-stack (integration)' };
