module.exports = { preset: '../../jest.integration.preset.js', displayName: 'stream-records (integration)' };
