module.exports = {
  preset: '../../jest.preset.js',
  displayName: 'bench',
  // What measures is run by the benchmark itself.
  collectCoverageFrom: [
    'src/{bounds,conflicting-store,replace-section,report,statistics}.ts',
    'src/client-cpu/{canned-handler,items,trade}.ts',
    'src/client-cpu/contenders/*.ts',
  ],
};
