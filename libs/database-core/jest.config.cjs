module.exports = { preset: '../../jest.preset.js', displayName: 'database-core' };
