module.exports = { preset: '../../jest.preset.js', displayName: 'sample-market' };
