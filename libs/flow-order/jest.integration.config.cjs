module.exports = { preset: '../../jest.integration.preset', displayName: 'flow-order (integration)' };
