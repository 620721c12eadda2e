import { withoutUndefined } from '@cnop/utils';

describe(withoutUndefined, () => {
  it('leaves out what is undefined, and nothing else', () => {
    const object = withoutUndefined({ a: 1, b: undefined, c: null, d: 0, e: '' });

    expect(Object.entries(object)).toEqual([
      ['a', 1],
      ['c', null],
      ['d', 0],
      ['e', ''],
    ]);
  });
});
