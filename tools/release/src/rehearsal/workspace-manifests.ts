import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest } from './release-plan.ts';

/** The package.json of every library of a workspace, by folder. */
export async function readManifests(workspace: string): Promise<Manifest[]> {
  const folders = (await readdir(join(workspace, 'libs'))).sort();

  return Promise.all(
    folders.map(async (folder) => {
      return JSON.parse(await readFile(join(workspace, 'libs', folder, 'package.json'), 'utf8')) as Manifest;
    }),
  );
}
