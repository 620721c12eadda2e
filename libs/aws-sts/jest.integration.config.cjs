module.exports = { preset: '../../jest.integration.preset', displayName: 'aws-sts (integration)' };
