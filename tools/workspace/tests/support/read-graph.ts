import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../../../..');

/** A project as Nx knows it. */
export interface Project {
  readonly data: { readonly root: string; readonly tags?: readonly string[] };
}

/** The projects of the workspace and who depends on whom. */
export interface Graph {
  readonly nodes: Readonly<Record<string, Project>>;
  readonly dependencies: Readonly<Record<string, readonly { readonly target: string }[]>>;
}

/** The graph as Nx writes it. Also leaves it in Nx's cache, without which ESLint skips the rules that need it. */
export function readGraph(): Graph {
  const directory = mkdtempSync(join(tmpdir(), 'cnop-graph-'));
  const file = join(directory, 'graph.json');

  try {
    execFileSync(join(root, 'node_modules/.bin/nx'), ['graph', `--file=${file}`], { cwd: root, stdio: 'pipe' });
    return (JSON.parse(readFileSync(file, 'utf8')) as { graph: Graph }).graph;
  } finally {
    rmSync(directory, { recursive: true });
  }
}
