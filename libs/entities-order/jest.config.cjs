module.exports = { preset: '../../jest.preset.js', displayName: 'entities-order' };
