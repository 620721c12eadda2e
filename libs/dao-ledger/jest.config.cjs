module.exports = { preset: '../../jest.preset.js', displayName: 'dao-ledger' };
