// As the command does in virtual time; see src/main.ts.
module.exports = {
  preset: '../../jest.preset.js',
  displayName: 'simulation',
  moduleNameMapper: { '^@node-rs/argon2$': '<rootDir>/src/backend/stand-in-hash.ts' },
};
