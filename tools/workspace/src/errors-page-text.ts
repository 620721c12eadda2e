import type { ErrorKind } from '@cnop/exceptions';
import type { DefinedSet } from './defined-errors.ts';

const introduction = `Every error of the libraries has a \`code\`, a \`message\` that says what varies, typed \`details\`, and says by \`retryable\` whether the very same
call may succeed when repeated. Tell errors apart by their code: \`ledgerErrors.InsufficientFundsError.is(error)\`. A service reports them as
[problem documents](http-api.md#errors). This page is collected from the definitions.`;

/** The page on errors, as Markdown: a section for each package, and in it one for each code. */
export const errorsPageText = (sets: readonly DefinedSet[]): string =>
  ['# Errors', introduction, ...sets.flatMap(sectionsOf)].map((paragraph) => `${paragraph}\n`).join('\n');

const sectionsOf = ({ from, name, classes }: DefinedSet): string[] => [
  `## ${name} of ${from}`,
  ...Object.entries(classes).map(codeSection),
];

const codeSection = ([name, { code, status, title, retryable, advice }]: [string, ErrorKind]): string =>
  `### ${code}\n\n${title} HTTP ${status}${retryable ? ', may be retried' : ''}. \`${name}\`\n\n${advice}`;
