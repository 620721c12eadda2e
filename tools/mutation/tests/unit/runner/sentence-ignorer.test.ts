import { sentenceIgnorer } from '../../../src/runner/sentence-ignorer.ts';

const argumentOf = (type: string, callee: object, argument = 'StringLiteral') => ({
  node: { type: argument },
  listKey: 'arguments',
  parentPath: { node: { type, callee } },
});

describe('sentenceIgnorer', () => {
  it.each(['Error', 'RangeError', 'TypeError'])('leaves the sentence of a plain %s alone', (name) => {
    const path = argumentOf('NewExpression', { type: 'Identifier', name });

    expect(sentenceIgnorer.shouldIgnore(path)).toBe('the sentence of a plain error');
  });

  it('leaves a sentence with a value in it alone', () => {
    const path = argumentOf('NewExpression', { type: 'Identifier', name: 'Error' }, 'TemplateLiteral');

    expect(sentenceIgnorer.shouldIgnore(path)).toBe('the sentence of a plain error');
  });

  it.each([
    ['the details of a domain error', argumentOf('NewExpression', { type: 'Identifier', name: 'DatabaseError' })],
    ['the argument of a call', argumentOf('CallExpression', { type: 'Identifier', name: 'Error' })],
    ['another argument', argumentOf('NewExpression', { type: 'Identifier', name: 'Error' }, 'ObjectExpression')],
    ['the program', { node: { type: 'Program' } }],
  ])('mutates %s', (_, path) => {
    expect(sentenceIgnorer.shouldIgnore(path)).toBeUndefined();
  });
});
