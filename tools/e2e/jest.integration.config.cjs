module.exports = {
  preset: '../../jest.integration.preset.js',
  displayName: 'e2e (integration)',
  // It depends on everything, so that Nx runs it last, with nothing beside it.
  maxWorkers: 2,
};
