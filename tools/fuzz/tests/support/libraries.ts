import { join } from 'node:path';
import { librariesOfLayers } from '@cnop/workspace';

type Exported = Readonly<Record<string, unknown>>;

/** What each library of a layer exports, or an entry point of each that has it: one that is added is found without being named anywhere. */
export const librariesOf = (layer: string, entry = ''): (readonly [name: string, exported: Exported])[] =>
  librariesOfLayers(join(__dirname, '../../../../libs'), [layer], `.${entry}`).map((name) => [
    name,
    jest.requireActual<Exported>(`@cnop/${name}${entry}`),
  ]);
