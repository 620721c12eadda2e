import { assertEntityNames, assertName, entityNames, pluralOf } from '../../src/names.ts';

describe(assertName, () => {
  it.each(['coupon', 'price-alert', 'a1', 'x'.repeat(30)])('takes %p', (name) => {
    expect(() => {
      assertName('entity', name);
    }).not.toThrow();
  });

  it.each(['', 'Coupon', 'price_alert', 'price--alert', '-alert', 'alert-', '1st', 'prïce', 'a b', '../escape', 'a/b'])(
    'refuses %p, which code cannot bear',
    (name) => {
      expect(() => {
        assertName('domain', name);
      }).toThrow(/cannot be the name of a domain/);
    },
  );

  it('refuses a name of 31 characters', () => {
    expect(() => {
      assertName('entity', 'x'.repeat(31));
    }).toThrow(/at most 30 characters/);
  });

  it.each(['class', 'shared', 'testing', 'map', 'promise', 'database', 'page', 'record'])(
    'refuses %p, which is something else',
    (name) => {
      expect(() => {
        assertName('entity', name);
      }).toThrow(/is reserved/);
    },
  );
});

describe(assertEntityNames, () => {
  it('refuses a plural that is the singular', () => {
    expect(() => {
      assertEntityNames('sheep', 'sheep');
    }).toThrow(/give another one with --plural/);
  });
});

describe(entityNames, () => {
  it('writes a name in every form', () => {
    expect(entityNames('price-alert')).toEqual({
      file: 'price-alert',
      prop: 'priceAlert',
      Class: 'PriceAlert',
      CONST: 'PRICE_ALERT',
      words: 'price alert',
      Words: 'Price alert',
      a: 'a',
      A: 'A',
      filePlural: 'price-alerts',
      propPlural: 'priceAlerts',
      ClassPlural: 'PriceAlerts',
      wordsPlural: 'price alerts',
      WordsPlural: 'Price alerts',
    });
  });

  it.each([
    ['alert', 'an'],
    ['coupon', 'a'],
    ['unit', 'a'],
    ['user-group', 'a'],
    ['update-rule', 'an'],
  ])('says of %p %p', (entity, article) => {
    expect(entityNames(entity).a).toBe(article);
  });
});

describe(pluralOf, () => {
  it.each([
    ['order', 'orders'],
    ['category', 'categories'],
    ['address', 'addresses'],
    ['box', 'boxes'],
    ['day', 'days'],
    ['batch', 'batches'],
  ])('of %p is %p', (word, plural) => {
    expect(pluralOf(word)).toBe(plural);
  });
});
