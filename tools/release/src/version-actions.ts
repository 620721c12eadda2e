// How `nx release` versions a library: nx.json names this file.
import { readJson, type ProjectGraph, type ProjectGraphDependency, type Tree } from '@nx/devkit';
import js from '@nx/js/src/release/version-actions';
import { consumed } from './release-plan.ts';

export const { afterAllProjectsVersioned } = js;

/**
 * Nx's own actions for npm packages, except that only what a consumer gets releases a package.
 *
 * For Nx a commit concerns each project that a file of it can reach, through the tests too. Here a dependent is a package that
 * declares the dependency, and a file outside a package concerns it only as an input of its build.
 */
export default class ManifestVersionActions extends js.default {
  /**
   * Reads what the project depends on and narrows the graph to it.
   *
   * Nx asks each project once, before it decides on versions, and then walks the same graph from the files of each commit to the
   * projects which that commit releases; so the graph itself must be narrow.
   */
  override readDependencies(tree: Tree, graph: ProjectGraph): Promise<ProjectGraphDependency[]> {
    const { name, data } = this.projectGraphNode;
    const declared = consumed(readJson(tree, `${data.root}/package.json`));
    const packageNameOf = (target: string) => graph.externalNodes?.[target]?.data.packageName ?? target;
    const released = (graph.dependencies[name] ?? []).filter(({ target }) => packageNameOf(target) in declared);

    graph.dependencies[name] = released;
    data.targets = Object.fromEntries(
      Object.entries(data.targets ?? {}).filter(([target]) => target === 'build' || target === 'nx-release-publish'),
    );

    return Promise.resolve(released);
  }
}
