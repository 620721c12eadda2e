// A property is many runs: on a machine that is busy with others it takes its time.
module.exports = { preset: '../../jest.preset.js', displayName: 'fuzz', testTimeout: 60_000 };
