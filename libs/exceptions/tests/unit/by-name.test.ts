import * as exceptions from '@cnop/exceptions';

describe('the errors of no domain', () => {
  it.each(Object.entries(exceptions.sharedErrors))('are exported by name: %s', (name, errorClass) => {
    expect(exceptions).toHaveProperty(name, errorClass);
  });
});
