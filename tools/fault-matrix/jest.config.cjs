module.exports = { preset: '../../jest.preset.js', displayName: 'fault-matrix' };
