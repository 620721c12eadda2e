module.exports = { preset: '../../jest.integration.preset.js', displayName: 'aws-sts (integration)' };
