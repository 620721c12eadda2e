import { fileURLToPath } from 'node:url';
import { librariesOfLayers } from '@cnop/workspace';
import { matrixRows } from '../rows/matrix-rows.ts';
import { coverageProblems, unknownLibraries } from './coverage-problems.ts';
import { harmlessNames } from './harmless-names.ts';
import { libraries } from './libraries.ts';
import { publicNames } from './public-names.ts';

const directory = fileURLToPath(new URL('../../../../libs', import.meta.url));
/** What a service can write with. */
const writingLayers = ['dao', 'flow'];

/** Compares the code of the libraries with the rows: a writing method without a row is a problem, and so is a library unheard of. */
export function checkCoverage(): string[] {
  return [
    ...unknownLibraries(librariesOfLayers(directory, writingLayers), Object.keys(libraries)),
    ...coverageProblems({
      names: Object.values(libraries).flatMap(publicNames),
      harmless: harmlessNames,
      covered: new Set(matrixRows.map(({ method }) => method)),
    }),
  ];
}
