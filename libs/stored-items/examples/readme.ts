import { afterPrefix, keyPart, toWireMap } from '@cnop/stored-items';
import { compileItemParser, compileItemReader } from '@cnop/stored-items/compile';
import { item, number, string } from 'dynamodb-toolbox/schema';

const schema = item({ pk: string().key(), weightMinor: number().big(), note: string().optional() });
const checkItem = compileItemParser(schema);
const readPet = compileItemReader({ kind: 'pet', schema });

const stored = checkItem({ pk: 'PET#Rex', weightMinor: 12_500n, note: undefined });
console.log(JSON.stringify(toWireMap(stored))); // {"pk":{"S":"PET#Rex"},"weightMinor":{"N":"12500"}}

const pet = readPet({ pk: 'PET#Rex', weightMinor: 12_500 }, ({ pk, ...rest }) => ({
  name: keyPart('pk', afterPrefix(pk, 'PET#')),
  ...rest,
}));
console.log(pet.name, pet.weightMinor); // Rex 12500n
