import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../../../..');

/** A text, and the file of the workspace that it is to stand in. */
export interface LintedText {
  readonly file: string;
  readonly text: string;
}

/** What a rule says against a text. */
export interface Refusal {
  readonly rule: string;
  readonly message: string;
}

/** What lint says against each text, in the same order. ESLint has a process of its own: it loads modules that Jest cannot. */
export function lintTexts(texts: readonly LintedText[]): Refusal[][] {
  const output = execFileSync(process.execPath, [join(__dirname, 'lint-texts-main.ts')], {
    cwd: root,
    input: JSON.stringify(texts),
  });

  return JSON.parse(output.toString()) as Refusal[][];
}
