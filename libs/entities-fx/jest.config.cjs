module.exports = { preset: '../../jest.preset.js', displayName: 'entities-fx' };
