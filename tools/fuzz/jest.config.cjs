// A property is many runs: on a machine that is busy with others, and in the long form, it takes its time.
const times = Number(process.env.CNOP_FUZZ_TIMES) || 1;

module.exports = { preset: '../../jest.preset.js', displayName: 'fuzz', testTimeout: 60_000 * times };
