module.exports = { preset: '../../jest.preset.js', displayName: 'stream-records' };
