module.exports = { preset: '../../jest.preset.js', displayName: 'ledger-audit' };
