import { assertNotReserved, entityNames, pluralOf } from '../../src/names.ts';

it.each(['class', 'await', 'shared', 'testing', 'map', 'promise', 'database', 'page', 'record', 'changes'])(
  'refuses %p, which is something else',
  (name) => {
    expect(() => {
      assertNotReserved(name);
    }).toThrow(/is reserved/);
  },
);

it('writes a name in every form', () => {
  expect(entityNames('price-alert')).toEqual({
    file: 'price-alert',
    prop: 'priceAlert',
    Class: 'PriceAlert',
    CONST: 'PRICE_ALERT',
    words: 'price alert',
    a: 'a',
    A: 'A',
    filePlural: 'price-alerts',
    wordsPlural: 'price alerts',
    WordsPlural: 'Price alerts',
  });
});

it.each([
  ['alert', 'an', 'alerts'],
  ['category', 'a', 'categories'],
  ['unit', 'a', 'units'],
  ['user-group', 'a', 'user-groups'],
  ['update-box', 'an', 'update-boxes'],
  ['address', 'an', 'addresses'],
  ['day', 'a', 'days'],
  ['batch', 'a', 'batches'],
])('says of %p %p, and of many %p', (entity, article, plural) => {
  expect([entityNames(entity).a, pluralOf(entity)]).toEqual([article, plural]);
});
