module.exports = { preset: '../../jest.integration.preset', displayName: 'portfolio (integration)' };
