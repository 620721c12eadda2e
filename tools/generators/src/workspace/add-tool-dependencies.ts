import { updateJson, type Tree } from '@nx/devkit';

type Section = 'dependencies' | 'devDependencies';
type ToolManifest = { readonly [TSection in Section]?: Readonly<Record<string, string>> };

/** Libraries of the workspace that a tool is to depend on. */
export interface ToolDependencies {
  readonly section: Section;
  readonly names: readonly string[];
}

/** Declares that a tool depends on libraries of the workspace, whatever their version. */
export function addToolDependencies(tree: Tree, tool: string, { section, names }: ToolDependencies): void {
  updateJson<ToolManifest>(tree, `tools/${tool}/package.json`, (manifest) => {
    const all = { ...manifest[section], ...Object.fromEntries(names.map((name) => [name, '*'])) };
    const sorted = Object.entries(all).sort(([one], [other]) => (one < other ? -1 : 1));

    return { ...manifest, [section]: Object.fromEntries(sorted) };
  });
}
