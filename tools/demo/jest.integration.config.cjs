module.exports = { preset: '../../jest.integration.preset', displayName: 'demo (integration)' };
