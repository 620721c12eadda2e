// One file at a time: the clients of a run want the processor for themselves.
module.exports = {
  preset: '../../jest.integration.preset.js',
  displayName: 'bank-test (integration)',
  maxWorkers: 1,
};
