module.exports = { preset: '../../jest.integration.preset', displayName: 'testing (integration)' };
