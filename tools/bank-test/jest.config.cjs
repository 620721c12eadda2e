module.exports = { preset: '../../jest.preset.js', displayName: 'bank-test' };
