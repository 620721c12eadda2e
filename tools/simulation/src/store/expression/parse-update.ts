import { typeOf, type TypeName } from '../attribute-value.ts';
import { validationError } from '../store-error.ts';
import { pathsOverlap, readPath, type DocumentPath } from './document-path.ts';
import type { Placeholders } from './placeholders.ts';
import { readTokens, type TokenReader } from './token.ts';
import { pathsOf, type SetOperand, type Update } from './update.ts';

type Clause = 'SET' | 'REMOVE' | 'ADD' | 'DELETE';
type MutableUpdate = { -readonly [TPart in keyof Update]: Update[TPart][number][] };

const clauses: readonly Clause[] = ['SET', 'REMOVE', 'ADD', 'DELETE'];
const setTypes: readonly TypeName[] = ['SS', 'NS', 'BS'];

/** Reads an update. @throws ValidationException. */
export function parseUpdate(text: string, placeholders: Placeholders): Update {
  const tokens = readTokens(text);
  const update: MutableUpdate = { set: [], remove: [], add: [], delete: [] };
  const seen = new Set<Clause>();

  while (tokens.peek().kind !== 'end') {
    const clause = clauses.find((name) => tokens.take(name));
    if (!clause) throw tokens.unexpected();
    if (seen.has(clause))
      throw validationError(`The "${clause}" section can only be used once in an update expression`);
    seen.add(clause);
    do readPart({ tokens, placeholders }, clause, update);
    while (tokens.take(','));
  }
  if (seen.size === 0) throw validationError('Invalid UpdateExpression: The expression can not be empty');
  assertApart(pathsOf(update));
  return update;
}

interface Source {
  readonly tokens: TokenReader;
  readonly placeholders: Placeholders;
}

function readPart(source: Source, clause: Clause, update: MutableUpdate): void {
  const { tokens, placeholders } = source;
  const path = placeholders.path(readPath(tokens));

  if (clause === 'REMOVE') {
    update.remove.push(path);
  } else if (clause === 'SET') {
    tokens.expect('=');
    update.set.push({ path, operand: readSum(source) });
  } else {
    const { kind, text } = tokens.next();
    if (kind !== 'value') throw validationError(`Invalid UpdateExpression: ${clause} takes a value`);
    const value = placeholders.value(text);
    const types = clause === 'ADD' ? ['N', ...setTypes] : setTypes;
    if (!types.includes(typeOf(value)))
      throw validationError(`Incorrect operand type for operator or function; ${clause}`);
    update[clause === 'ADD' ? 'add' : 'delete'].push({ path, value });
  }
}

function readSum(source: Source): SetOperand {
  const left = readOperand(source);
  for (const kind of ['+', '-'] as const) {
    if (source.tokens.take(kind)) return { kind, left: numeric(left), right: numeric(readOperand(source)) };
  }
  return left;
}

function numeric(operand: SetOperand): SetOperand {
  if (operand.kind === 'list_append' || (operand.kind === 'value' && !('N' in operand.value))) {
    throw validationError('Incorrect operand type for operator or function; operator or function: +');
  }
  return operand;
}

function readOperand(source: Source): SetOperand {
  const { tokens, placeholders } = source;
  const { kind, text } = tokens.peek();
  if (kind === 'value') return { kind: 'value', value: placeholders.value(tokens.next().text) };

  const path = readPath(tokens);
  if (path.length > 1 || !tokens.take('(')) return { kind: 'path', path: placeholders.path(path) };
  if (text !== 'if_not_exists' && text !== 'list_append')
    throw validationError(`Invalid function name; function: ${text}`);

  const operand = text === 'if_not_exists' ? readDefault(source) : readAppend(source);
  tokens.expect(')');
  return operand;
}

function readDefault(source: Source): SetOperand {
  const path = source.placeholders.path(readPath(source.tokens));
  source.tokens.expect(',');

  return { kind: 'if_not_exists', path, otherwise: readOperand(source) };
}

function readAppend(source: Source): SetOperand {
  const left = readOperand(source);
  source.tokens.expect(',');
  const right = readOperand(source);
  const isNoList = (operand: SetOperand) => operand.kind === 'value' && !('L' in operand.value);
  if (isNoList(left) || isNoList(right))
    throw validationError('Incorrect operand type for operator or function; list_append');

  return { kind: 'list_append', left, right };
}

function assertApart(paths: readonly DocumentPath[]): void {
  for (const [at, path] of paths.entries()) {
    if (paths.slice(at + 1).some((other) => pathsOverlap(path, other))) {
      throw validationError('Two document paths overlap with each other');
    }
  }
}
