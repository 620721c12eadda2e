module.exports = { preset: '../../jest.preset.js', displayName: 'aws-suite' };
