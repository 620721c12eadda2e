module.exports = { preset: '../../jest.preset.js', displayName: 'stored-items' };
