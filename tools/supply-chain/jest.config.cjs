module.exports = { preset: '../../jest.preset.js', displayName: 'supply-chain' };
