import { stripVTControlCharacters } from 'node:util';

/** What a run of Nx did, by the names of projects. */
export interface TaskRun {
  readonly executed: readonly string[];
  readonly cached: readonly string[];
  readonly failed: readonly string[];
}

/** Reads which tasks of one target Nx executed and which it had in its cache, from what it printed. */
export function executedTasks(printed: string, target: string): TaskRun {
  const text = stripVTControlCharacters(printed);
  const lines = [
    ...text.matchAll(/^(?<mark>[✔✖]) {2}nx run @cnop\/(?<project>[^:\s]+):"?(?<target>[^"\s]+)"?(?<rest>.*)$/gmu),
  ]
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
    failed: failedProjects(text, target),
  };
}

/** Nx lists what has failed at the end, in whatever form it has shown the tasks. */
function failedProjects(text: string, target: string): string[] {
  const list = text.split('Failed tasks:')[1] ?? '';

  return [...list.matchAll(/^- @cnop\/(?<project>[^:\s]+):(?<target>\S+)$/gm)]
    .filter(({ groups }) => groups?.['target'] === target)
    .map(({ groups }) => groups?.['project'] ?? '')
    .sort();
}
