module.exports = { preset: '../../jest.integration.preset', displayName: 'local-stack (integration)' };
