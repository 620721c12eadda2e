module.exports = { preset: '../../jest.integration.preset.js', displayName: 'dao-user (integration)' };
