module.exports = { preset: '../../jest.integration.preset.js', displayName: 'dao-ledger (integration)' };
