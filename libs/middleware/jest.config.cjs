// Tests start servers, and programs that load everything; on a busy machine that takes a while.
module.exports = { preset: '../../jest.preset.js', displayName: 'middleware', testTimeout: 60_000 };
