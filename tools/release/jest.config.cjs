module.exports = { preset: '../../jest.preset.js', displayName: 'release' };
