module.exports = { preset: '../../jest.integration.preset.js', displayName: 'ledger-audit (integration)' };
