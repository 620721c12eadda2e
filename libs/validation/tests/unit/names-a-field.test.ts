import { namesAField } from '@cnop/validation';

describe(namesAField, () => {
  it.each([{ note: 'x' }, { note: null }, { note: undefined, status: 'ACTIVE' }])('finds a change in %j', (update) => {
    expect(namesAField(update)).toBe(true);
  });

  it.each([{}, { note: undefined }])('finds none in %j', (update) => {
    expect(namesAField(update)).toBe(false);
  });
});
