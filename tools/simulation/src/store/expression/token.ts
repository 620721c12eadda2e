import { validationError } from '../store-error.ts';

/** One word or sign of an expression. */
export interface Token {
  /** `name` is `#x`, `value` is `:x`, `word` a keyword, function or attribute, `index` a whole number. */
  readonly kind: 'name' | 'value' | 'word' | 'index' | 'sign' | 'end';
  readonly text: string;
}

const pattern = /\s*(?:(#\w+)|(:\w+)|([A-Za-z_]\w*)|(\d+)|(<>|<=|>=|[=<>(),.[\]+-]))/y;
const kinds = ['name', 'value', 'word', 'index', 'sign'] as const;
const end: Token = { kind: 'end', text: '' };

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const source = text.trimEnd();
  pattern.lastIndex = 0;

  while (pattern.lastIndex < source.length) {
    const groups: (string | undefined)[] | undefined = pattern.exec(source)?.slice(1);
    const at = groups?.findIndex((group) => group !== undefined) ?? -1;
    const kind = kinds[at];
    if (!groups || !kind) throw validationError(`Invalid expression: Syntax error in "${text}"`);
    tokens.push({ kind, text: groups[at] ?? '' });
  }
  return tokens;
}

/** Reads an expression word by word, one ahead. */
export interface TokenReader {
  /** The word that comes next. */
  peek(): Token;
  /** The word that comes next, which is then behind. */
  next(): Token;
  /** Whether the next word is this one; if so it is then behind. Keywords are told by their upper case. */
  take(text: string): boolean;
  /** Demands this word. @throws ValidationException. */
  expect(text: string): void;
  /** Demands that nothing is left. @throws ValidationException. */
  finish(): void;
  /** The error that the next word makes no sense here. */
  unexpected(): Error;
}

/** Opens an expression for reading. @throws ValidationException for a sign that no expression has. */
export function readTokens(text: string): TokenReader {
  const tokens = tokensOf(text);
  let at = 0;
  const peek = () => tokens[at] ?? end;
  const unexpected = () => validationError(`Invalid expression: Syntax error near "${peek().text}" in "${text}"`);
  const take = (wanted: string) => {
    const { kind, text: found } = peek();
    const matches = kind === 'word' ? found.toUpperCase() === wanted : found === wanted && kind !== 'end';
    if (matches) at += 1;
    return matches;
  };

  return {
    peek,
    unexpected,
    take,
    next: () => {
      const token = peek();
      at += 1;
      return token;
    },
    expect: (wanted) => {
      if (!take(wanted)) throw unexpected();
    },
    finish: () => {
      if (peek().kind !== 'end') throw unexpected();
    },
  };
}
