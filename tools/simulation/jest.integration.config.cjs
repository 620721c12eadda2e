// One file at a time: one of them looks at the tables that a run makes.
module.exports = {
  preset: '../../jest.integration.preset.js',
  displayName: 'simulation (integration)',
  maxWorkers: 1,
};
