const preset = require('../../jest.preset.js');

// In the long form a property takes its time.
const times = Number(process.env.CNOP_FUZZ_TIMES) || 1;

module.exports = { preset: '../../jest.preset.js', displayName: 'fuzz', testTimeout: preset.testTimeout * times };
