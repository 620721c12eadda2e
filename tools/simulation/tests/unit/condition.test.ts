import type { Item } from '../../src/store/attribute-value.ts';
import { holds } from '../../src/store/expression/evaluate-condition.ts';
import { parseCondition } from '../../src/store/expression/parse-condition.ts';
import { readPlaceholders } from '../../src/store/expression/placeholders.ts';
import { errorNamed } from '../support/error-named.ts';

const item: Item = {
  pk: { S: 'USER#ada' },
  available: { N: '100' },
  status: { S: 'ACTIVE' },
  tags: { SS: ['a', 'b'] },
  scores: { NS: ['1', '2'] },
  blob: { B: 'YWJj' },
  blobs: { BS: ['YWJj'] },
  fills: { L: [{ S: 'first' }, { N: '2' }] },
  meta: { M: { inner: { M: { flag: { BOOL: true } } } } },
  nothing: { NULL: true },
};
const values = {
  ':n100': { N: '100.0' },
  ':n99': { N: '99' },
  ':n1': { N: '1' },
  ':n3': { N: '3' },
  ':n6': { N: '6' },
  ':s': { S: 'ACTIVE' },
  ':act': { S: 'ACT' },
  ':a': { S: 'a' },
  ':first': { S: 'first' },
  ':ss': { S: 'SS' },
  ':b': { B: 'YWJj' },
  ':ab': { B: 'YWI=' },
  ':t': { BOOL: true },
};
const placeholders = () =>
  readPlaceholders({ ExpressionAttributeNames: { '#st': 'status' }, ExpressionAttributeValues: values });
const evaluate = (text: string, of: Item = item) => holds(parseCondition(text, placeholders()), of);

describe('a condition', () => {
  it.each([
    'available = :n100',
    'available <> :n99',
    'available >= :n100 AND #st = :s',
    'available > :n99 and #st = :s',
    'available <= :n100',
    'missing <> :s',
    'NOT missing = :s',
    'NOT (available < :n100 OR #st <> :s)',
    'available < :n99 OR #st = :s AND available = :n100',
    '(available < :n99 OR #st = :s) AND available = :n100',
    'available BETWEEN :n99 AND :n100',
    '#st IN (:a, :s)',
    'attribute_exists(meta.inner.flag)',
    'attribute_not_exists(meta.other.flag)',
    'attribute_not_exists(fills[2])',
    'attribute_type(tags, :ss)',
    'begins_with(#st, :act)',
    'begins_with(blob, :ab)',
    'contains(#st, :act)',
    'contains(tags, :a)',
    'contains(scores, :n1)',
    'contains(fills, :first)',
    'contains(blob, :ab)',
    'contains(blobs, :b)',
    'size(#st) = :n6',
    'size(blob) = :n3',
    'size(tags) < :n3',
    'size(meta) = :n1',
    'size(fills) > :n1',
    'meta.inner.flag = :t',
    'fills[0] = :first',
  ])('holds: %s', (text) => {
    expect(evaluate(text)).toBe(true);
  });

  it.each([
    'available = :s',
    'available < :s',
    'missing = :s',
    'missing < :n1',
    'missing BETWEEN :n1 AND :n3',
    '#st IN (:a, :act)',
    'attribute_exists(fills[5])',
    'attribute_exists(pk.inner)',
    'attribute_type(missing, :ss)',
    'begins_with(available, :act)',
    'begins_with(missing, :act)',
    'contains(available, :n1)',
    'size(available) = :n3',
    'size(missing) = :n1',
    'size(nothing) = :n1',
  ])('does not hold: %s', (text) => {
    expect(evaluate(text)).toBe(false);
  });

  it('takes an item that does not exist for one without attributes', () => {
    expect(evaluate('attribute_not_exists(pk)', {})).toBe(true);
    expect(evaluate('attribute_exists(pk)', {})).toBe(false);
  });

  it.each([
    '',
    'available',
    'available =',
    'available = :unknown',
    '#unknown = :s',
    'available = :n1 extra',
    'available ! :n1',
    '((available = :n1))',
    'available = :n1 AND',
    'available > :t',
    ':t < available',
    'available BETWEEN :n100 AND :n1',
    'available BETWEEN :n1 AND :s',
    'available = available',
    'attribute_exists(:s)',
    'attribute_exists(size(pk))',
    'attribute_type(pk, :act)',
    'attribute_type(pk, status)',
    'begins_with(pk, :n1)',
    'contains(size(pk), :n1)',
    'nonsense(pk)',
    'fills[x] = :s',
    'fills[0 = :s',
    'pk IN :s',
    `pk IN (${Array.from({ length: 101 }, () => ':s').join(', ')})`,
  ])('is refused: %s', (text) => {
    expect(() => evaluate(text)).toThrow(errorNamed('ValidationException'));
  });

  it('leaves no name and no value unused', () => {
    const given = readPlaceholders({ ExpressionAttributeValues: { ':a': { S: 'a' }, ':b': { S: 'b' } } });
    parseCondition('pk = :a', given);

    expect(() => given.finish()).toThrow(errorNamed('ValidationException'));
  });
});
