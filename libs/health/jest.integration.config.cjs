module.exports = { preset: '../../jest.integration.preset/jest-preset.js', displayName: 'health (integration)' };
