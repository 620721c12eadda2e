module.exports = { preset: '../../jest.integration.preset', displayName: 'ledger-audit (integration)' };
