module.exports = { preset: '../../jest.integration.preset', displayName: 'dao-user (integration)' };
