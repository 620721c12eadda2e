module.exports = { preset: '../../jest.preset.js', displayName: 'user-service' };
