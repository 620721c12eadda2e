import type { Item } from '../../src/store/attribute-value.ts';
import { applyUpdate } from '../../src/store/expression/apply-update.ts';
import { parseUpdate } from '../../src/store/expression/parse-update.ts';
import { readPlaceholders } from '../../src/store/expression/placeholders.ts';
import { errorNamed } from '../support/error-named.ts';

const before: Item = {
  pk: { S: 'USER#ada' },
  available: { N: '100' },
  tags: { SS: ['a', 'b'] },
  scores: { NS: ['1'] },
  blobs: { BS: ['YQ=='] },
  fills: { L: [{ S: 'x' }, { S: 'y' }, { S: 'z' }] },
  meta: { M: { a: { S: 'old' } } },
};
const values = {
  ':n1': { N: '1' },
  ':big': { N: '100000000000000000000000' },
  ':s': { S: 'new' },
  ':l': { L: [{ S: 'more' }] },
  ':ss': { SS: ['b', 'c'] },
  ':ab': { SS: ['a', 'b'] },
  ':ns': { NS: ['1', '2'] },
  ':bs': { BS: ['YQ=='] },
};
const update = (text: string, item: Item = before) =>
  applyUpdate(parseUpdate(text, readPlaceholders({ ExpressionAttributeValues: values })), item);

describe('an update', () => {
  it.each<[string, Record<string, unknown>]>([
    ['SET status = :s', { status: { S: 'new' } }],
    ['SET available = available + :n1', { available: { N: '101' } }],
    ['SET available = available - :n1', { available: { N: '99' } }],
    ['SET scale = if_not_exists(scale, :n1)', { scale: { N: '1' } }],
    ['SET available = if_not_exists(available, :n1) + :big', { available: { N: '100000000000000000000100' } }],
    ['SET copied = available, available = :n1', { copied: { N: '100' }, available: { N: '1' } }],
    ['SET fills = list_append(fills, :l)', { fills: { L: [{ S: 'x' }, { S: 'y' }, { S: 'z' }, { S: 'more' }] } }],
    ['SET fills[1] = :s', { fills: { L: [{ S: 'x' }, { S: 'new' }, { S: 'z' }] } }],
    ['SET fills[9] = :s', { fills: { L: [{ S: 'x' }, { S: 'y' }, { S: 'z' }, { S: 'new' }] } }],
    ['SET meta.b = :s', { meta: { M: { a: { S: 'old' }, b: { S: 'new' } } } }],
    ['ADD available :n1, version :n1', { available: { N: '101' }, version: { N: '1' } }],
    ['ADD tags :ss', { tags: { SS: ['a', 'b', 'c'] } }],
    ['ADD scores :ns, blobs :bs', { scores: { NS: ['1', '2'] } }],
    ['DELETE tags :ss', { tags: { SS: ['a'] } }],
    ['DELETE missing :ss', {}],
    ['REMOVE meta.a', { meta: { M: {} } }],
    ['REMOVE fills[0], fills[2]', { fills: { L: [{ S: 'y' }] } }],
    ['REMOVE missing', {}],
    ['SET status = :s ADD version :n1 REMOVE meta.a', { status: { S: 'new' }, version: { N: '1' }, meta: { M: {} } }],
  ])('%s', (text, changes) => {
    expect(update(text)).toEqual({ ...before, ...changes });
  });

  it('takes away a set that has lost its last member, and an attribute', () => {
    expect(Object.keys(update('DELETE tags :ab REMOVE available'))).toEqual(['pk', 'scores', 'blobs', 'fills', 'meta']);
  });

  it.each([
    '',
    'PUT a = :s',
    'SET a',
    'SET a = :s SET b = :s',
    'SET a = :s, a.b = :s',
    'SET a = :unknown',
    'SET a = nonsense(a, :s)',
    'SET a = :s + :n1',
    'SET a = list_append(fills, :s)',
    'SET a = list_append(fills, available)',
    'SET a = missing',
    'SET a = pk + :n1',
    'SET missing.b = :s',
    'SET pk[0] = :s',
    'REMOVE missing.b',
    'ADD a :s',
    'ADD a b',
    'ADD tags :ns',
    'ADD pk :n1',
    'DELETE tags :n1',
    'DELETE missing.b :ss',
    'DELETE scores :ss',
  ])('is refused: %s', (text) => {
    expect(() => update(text)).toThrow(errorNamed('ValidationException'));
  });
});
