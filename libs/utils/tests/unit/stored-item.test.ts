import { afterPrefix, StoredItem, withoutUndefined } from '@cnop/utils';

const raw = {
  pk: 'THING#1',
  name: 'a',
  count: 3,
  amountMinor: 10n ** 20n,
  half: 0.5,
  isOpen: true,
  status: 'OPEN',
  place: { city: 'x' },
  parts: [{ name: 'b' }, 7],
};
const stored = new StoredItem({ kind: 'thing', raw });

describe(StoredItem, () => {
  it('reads each attribute as what it is', () => {
    expect(stored.text('name')).toBe('a');
    expect(stored.integer('count')).toBe(3);
    expect(stored.minor('count')).toBe(3n);
    expect(stored.minor('amountMinor')).toBe(10n ** 20n);
    expect(stored.flag('isOpen')).toBe(true);
    expect(stored.oneOf('status', ['OPEN', 'CLOSED'])).toBe('OPEN');
    expect(stored.keyPart('pk', (key) => afterPrefix(key, 'THING#'))).toBe('1');
    expect(stored.map('place').text('city')).toBe('x');
  });

  it('takes an attribute that may be missing as undefined or zero', () => {
    expect(stored.has('other')).toBe(false);
    expect(stored.optionalText('other')).toBeUndefined();
    expect(stored.optionalInteger('other')).toBeUndefined();
    expect(stored.minorOrZero('other')).toBe(0n);
    expect(stored.minorOrZero('count')).toBe(3n);
  });

  it.each<[string, () => unknown]>([
    ['count', () => stored.text('count')],
    ['name', () => stored.flag('name')],
    ['half', () => stored.minor('half')],
    ['amountMinor', () => stored.integer('amountMinor')],
    ['status', () => stored.oneOf('status', ['CLOSED'])],
    ['pk', () => stored.keyPart('pk', (key) => afterPrefix(key, 'OTHER#'))],
    ['name', () => stored.map('name')],
    ['name', () => stored.maps('name')],
    ['parts[1]', () => stored.maps('parts')],
    ['place.street', () => stored.map('place').text('street')],
  ])('names the attribute %s, and never its value, when it is malformed', (attribute, read) => {
    expect(read).toThrow(new Error(`Malformed thing item: attribute ${attribute}.`));
  });
});

describe(afterPrefix, () => {
  it.each([
    ['THING#1', '1'],
    ['THING#', undefined],
    ['OTHER#1', undefined],
  ])('finds in %s: %s', (key, part) => {
    expect(afterPrefix(key, 'THING#')).toBe(part);
  });
});

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
