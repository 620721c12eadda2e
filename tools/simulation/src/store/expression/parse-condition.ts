import { validationError } from '../store-error.ts';
import type { Comparator, Condition, Operand, TestFunction } from './condition.ts';
import { checkOperands } from './check-operands.ts';
import { readPath } from './document-path.ts';
import type { Placeholders } from './placeholders.ts';
import { readTokens, type TokenReader } from './token.ts';

const comparators = new Set<string>(['=', '<>', '<', '<=', '>', '>='] satisfies Comparator[]);
const oneArgument = new Set<string>(['attribute_exists', 'attribute_not_exists'] satisfies TestFunction[]);
const twoArguments = new Set<string>(['attribute_type', 'begins_with', 'contains'] satisfies TestFunction[]);
const mostCandidates = 100;

/** A condition being read, and whether it stands in parentheses of its own. */
interface Reading {
  readonly condition: Condition;
  readonly wrapped: boolean;
}

/** Reads a condition, filter or key condition. @throws ValidationException. */
export function parseCondition(text: string, placeholders: Placeholders): Condition {
  const tokens = readTokens(text);
  const { condition } = new ConditionParser(tokens, placeholders).readOr();
  tokens.finish();

  return condition;
}

class ConditionParser {
  readonly #tokens: TokenReader;
  readonly #placeholders: Placeholders;

  constructor(tokens: TokenReader, placeholders: Placeholders) {
    this.#tokens = tokens;
    this.#placeholders = placeholders;
  }

  readOr(): Reading {
    let reading = this.#readAnd();
    while (this.#tokens.take('OR')) reading = joined('or', reading, this.#readAnd());

    return reading;
  }

  #readAnd(): Reading {
    let reading = this.#readNot();
    while (this.#tokens.take('AND')) reading = joined('and', reading, this.#readNot());

    return reading;
  }

  #readNot(): Reading {
    if (!this.#tokens.take('NOT')) return this.#readPrimary();

    return { condition: { kind: 'not', inner: this.#readNot().condition }, wrapped: false };
  }

  #readPrimary(): Reading {
    if (this.#tokens.take('(')) {
      const { condition, wrapped } = this.readOr();
      this.#tokens.expect(')');
      if (wrapped) throw validationError('The expression has redundant parentheses');
      return { condition, wrapped: true };
    }
    const { kind, text } = this.#tokens.peek();
    const isTest = kind === 'word' && (oneArgument.has(text) || twoArguments.has(text));

    return { condition: checkOperands(isTest ? this.#readTest() : this.#readComparison()), wrapped: false };
  }

  #readTest(): Condition {
    const name = this.#tokens.next().text as TestFunction;
    this.#tokens.expect('(');
    const operand = this.#readOperand();
    if (oneArgument.has(name)) {
      this.#tokens.expect(')');
      return { kind: 'test', name, operand };
    }
    this.#tokens.expect(',');
    const argument = this.#readOperand();
    this.#tokens.expect(')');

    return { kind: 'test', name, operand, argument };
  }

  #readComparison(): Condition {
    const operand = this.#readOperand();
    if (this.#tokens.take('BETWEEN')) {
      const from = this.#readOperand();
      this.#tokens.expect('AND');
      return { kind: 'between', operand, from, to: this.#readOperand() };
    }
    if (this.#tokens.take('IN')) return { kind: 'in', operand, candidates: this.#readCandidates() };

    const { text } = this.#tokens.peek();
    if (!comparators.has(text)) throw this.#tokens.unexpected();
    this.#tokens.next();
    return { kind: 'compare', comparator: text as Comparator, left: operand, right: this.#readOperand() };
  }

  #readCandidates(): Operand[] {
    this.#tokens.expect('(');
    const candidates = [this.#readOperand()];
    while (this.#tokens.take(',')) candidates.push(this.#readOperand());
    this.#tokens.expect(')');
    if (candidates.length > mostCandidates) throw validationError('Invalid number of operands for IN');

    return candidates;
  }

  #readOperand(): Operand {
    const { kind, text } = this.#tokens.peek();
    if (kind === 'value') return { kind: 'value', value: this.#placeholders.value(this.#tokens.next().text) };
    const path = readPath(this.#tokens);
    if (text !== 'size' || path.length > 1 || !this.#tokens.take('(')) {
      return { kind: 'path', path: this.#placeholders.path(path) };
    }
    const measured = readPath(this.#tokens);
    this.#tokens.expect(')');

    return { kind: 'size', path: this.#placeholders.path(measured) };
  }
}

const joined = (kind: 'and' | 'or', left: Reading, right: Reading): Reading => ({
  condition: { kind, left: left.condition, right: right.condition },
  wrapped: false,
});
