import { RegExpParser, type AST } from '@eslint-community/regexpp';

/** One step of a search: a look at the next character or at a position, a choice that may be taken back, a jump, the end. */
type Instruction =
  | { readonly op: 'character'; accepts(character: string): boolean }
  | { readonly op: 'position'; accepts(text: string, at: number): boolean }
  | { readonly op: 'choice'; first: number; second: number }
  | { readonly op: 'jump'; to: number }
  | { readonly op: 'match' };

/** One call of `RegExp.prototype.exec`. */
interface Search {
  readonly pattern: RegExp;
  readonly text: string;
  readonly from: number;
  /** Where the match begins and ends. */
  readonly found: readonly [number, number] | undefined;
}

const nativeExec = RegExp.prototype.exec;

/**
 * How many characters all regular expressions look at while the work is done, each time they look counted.
 *
 * The engine hides this, and time depends on the machine; so every search is repeated here by backtracking as ECMAScript specifies it,
 * and must find what the engine found.
 */
export function countSteps(work: () => void): number {
  const searches = recordSearches(work);

  return searches.reduce((steps, search) => steps + stepsOf(search), 0);
}

function recordSearches(work: () => void): Search[] {
  const searches: Search[] = [];

  RegExp.prototype.exec = function (this: RegExp, text: string) {
    const from = this.global ? this.lastIndex : 0;
    const match = nativeExec.call(this, text);
    searches.push({
      pattern: this,
      text,
      from,
      found: match ? [match.index, match.index + match[0].length] : undefined,
    });
    return match;
  };
  try {
    work();
  } finally {
    RegExp.prototype.exec = nativeExec;
  }
  return searches;
}

function stepsOf({ pattern, text, from, found }: Search): number {
  const program = compile(pattern);
  let steps = 0;

  for (let start = from; start <= text.length; start += 1) {
    const attempt = matchAt(program, text, start);
    steps += attempt.steps;
    if (attempt.end !== undefined) {
      expect([start, attempt.end]).toEqual(found);
      return steps;
    }
  }
  expect(found).toBeUndefined();
  return steps;
}

/** Tries to match at one position; `end` is missing where there is no match. */
function matchAt(program: readonly Instruction[], text: string, start: number): { end?: number; steps: number } {
  const choices: [next: number, at: number][] = [[0, start]];
  let steps = 0;

  for (let choice = choices.pop(); choice; choice = choices.pop()) {
    let [next, at] = choice;
    for (let fails = false; !fails;) {
      const instruction = program[next]!;
      next += 1;
      if (instruction.op === 'match') return { end: at, steps };
      if (instruction.op === 'jump') next = instruction.to;
      if (instruction.op === 'position') fails = !instruction.accepts(text, at);
      if (instruction.op === 'choice') {
        choices.push([instruction.second, at]);
        next = instruction.first;
      }
      if (instruction.op === 'character') {
        steps += 1;
        fails = at === text.length || !instruction.accepts(text[at]!);
        at += 1;
      }
    }
  }
  return { steps };
}

const programs = new Map<RegExp, Instruction[]>();

function compile(pattern: RegExp): Instruction[] {
  const program = programs.get(pattern) ?? [];
  if (program.length > 0) return program;

  const { source, flags } = pattern;
  const syntax = new RegExpParser().parsePattern(source, undefined, undefined, { unicode: false });
  new Compiler(program, flags.replace('g', '')).alternatives(syntax.alternatives);
  program.push({ op: 'match' });
  programs.set(pattern, program);
  return program;
}

/** Writes the instructions for a pattern; refuses what redaction has no need of, such as looking ahead. */
class Compiler {
  readonly #program: Instruction[];
  readonly #flags: string;

  constructor(program: Instruction[], flags: string) {
    this.#program = program;
    this.#flags = flags;
  }

  alternatives([alternative, ...others]: readonly AST.Alternative[]): void {
    if (others.length === 0) {
      for (const element of alternative!.elements) this.#element(element);
      return;
    }
    const choice = this.#choice();
    this.alternatives([alternative!]);
    const jump = { op: 'jump' as const, to: 0 };
    this.#program.push(jump);
    choice.second = this.#program.length;
    this.alternatives(others);
    jump.to = this.#program.length;
  }

  #element(element: AST.Element): void {
    switch (element.type) {
      case 'Group':
      case 'CapturingGroup':
        this.alternatives(element.alternatives);
        return;
      case 'Quantifier':
        this.#quantifier(element);
        return;
      case 'Character':
      case 'CharacterSet':
      case 'CharacterClass':
        this.#program.push({ op: 'character', accepts: acceptor(element.raw, this.#flags) });
        return;
      case 'Assertion':
        if (element.kind !== 'word') break;
        this.#program.push({ op: 'position', accepts: (text, at) => isWordEdge(text, at) !== element.negate });
        return;
      case 'Backreference':
      case 'ExpressionCharacterClass':
        break;
    }
    throw new Error(`No steps are known for ${element.raw}.`);
  }

  #quantifier({ element, min, max, greedy }: AST.Quantifier): void {
    if (!greedy) throw new Error('No steps are known for a lazy quantifier.');
    for (let count = 0; count < min; count += 1) this.#element(element);

    const from = this.#program.length;
    const choices: { second: number }[] = [];
    for (let count = min; count < (max === Infinity ? min + 1 : max); count += 1) {
      choices.push(this.#choice());
      this.#element(element);
    }
    if (max === Infinity) this.#program.push({ op: 'jump', to: from });
    for (const choice of choices) choice.second = this.#program.length;
  }

  /** A choice whose first way is what follows. */
  #choice() {
    const choice = { op: 'choice' as const, first: this.#program.length + 1, second: 0 };

    this.#program.push(choice);
    return choice;
  }
}

/** Judges a character as the engine does, once for each. */
function acceptor(raw: string, flags: string): (character: string) => boolean {
  const known = new Map<string, boolean>();
  const single = new RegExp(`^${raw}$`, flags);

  return (character) => {
    const isAccepted = known.get(character) ?? single.test(character);
    known.set(character, isAccepted);
    return isAccepted;
  };
}

const isWord = (character: string | undefined) => character !== undefined && /\w/.test(character);
const isWordEdge = (text: string, at: number) => isWord(text[at - 1]) !== isWord(text[at]);
