import { stripVTControlCharacters } from 'node:util';

/** What a run of Nx did, by the names of projects. */
export interface TaskRun {
  readonly executed: readonly string[];
  readonly cached: readonly string[];
  readonly failed: readonly string[];
}

/** Reads which tasks of one target Nx executed and which it had in its cache, from what it printed. */
export function executedTasks(printed: string, target: string): TaskRun {
  // Nx quotes a target with a colon in its name.
  const text = stripVTControlCharacters(printed).replaceAll('"', '');
  const lines = [...text.matchAll(/^(?<mark>[✔✖]) {2}nx run @cnop\/(?<project>[^:\s]+):(?<target>\S+)(?<rest>.*)$/gmu)]
    .map(({ groups = {} }) => groups)
    .filter((groups) => groups['target'] === target);
  const projects = (of: (groups: Readonly<Record<string, string>>) => boolean): string[] =>
    lines
      .filter(of)
      .map((groups) => groups['project'] ?? '')
      .sort();
  const isCached = ({ rest = '' }: Readonly<Record<string, string>>) => /cache/.test(rest);

  return {
    executed: projects((groups) => !isCached(groups)),
    cached: projects(isCached),
    failed: [...new Set([...projects(({ mark }) => mark === '✖'), ...failuresIn(text, target)])].sort(),
  };
}

/** The list that Nx ends with; a task that fails as the only one has no line of its own. */
const failuresIn = (text: string, target: string): string[] =>
  [...text.matchAll(/^- @cnop\/(?<project>[^:\s]+):(?<target>\S+)$/gmu)]
    .map(({ groups = {} }) => groups)
    .filter((groups) => groups['target'] === target)
    .map((groups) => groups['project'] ?? '');
