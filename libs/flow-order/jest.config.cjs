module.exports = { preset: '../../jest.preset.js', displayName: 'flow-order' };
