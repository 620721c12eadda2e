import { packageDirectory } from '../../src/backends/backend.ts';

describe(packageDirectory, () => {
  it('finds an installed package', () => {
    expect(packageDirectory('testcontainers')).toMatch(/node_modules\/testcontainers$/);
  });

  it('finds none that is not installed', () => {
    expect(packageDirectory('@dynoxide/amiga-m68k')).toBeUndefined();
  });
});
