import type { ItemSchema } from 'dynamodb-toolbox/schema';
import { compileItemParser, type ItemOf } from './item-parser.ts';
import type { RawItem } from '../raw-item.ts';

/** What {@link compileItemReader} takes. */
export interface ItemReaderOptions<TSchema extends ItemSchema> {
  /** What the item is called in an error. */
  readonly kind: string;
  /** The attributes to read. Others are ignored, so an item may have more, and a reader may take a few of many. */
  readonly schema: TSchema;
  /** Whether an error shows the partition key. Default: it does not, for a key that names a person is personal. */
  readonly showKey?: boolean;
}

/**
 * Compiles the reader of one kind of item from its declaration: the one way in which stored items are read.
 *
 * The reader checks the attributes as {@link compileItemParser} does, and gives them to `convert`, which makes of them what the
 * item stands for. Both throw a plain Error, for a malformed item breaks an invariant of the table; it names the kind of item
 * and the attribute, never a value.
 *
 * @throws a plain Error when the schema uses what cannot be compiled.
 * @example
 * const readPet = compileItemReader({ kind: 'pet', schema: item({ pk: string(), weightMinor: number().big() }) });
 *
 * const fromPetItem = (raw: RawItem) =>
 *   readPet(raw, ({ pk, ...pet }) => ({ name: keyPart('pk', afterPrefix(pk, 'PET#')), ...pet }));
 */
export function compileItemReader<TSchema extends ItemSchema>({
  kind,
  schema,
  showKey = false,
}: ItemReaderOptions<TSchema>) {
  const parse = compileItemParser(schema);

  return <TResult>(raw: RawItem, convert: (item: ItemOf<TSchema>) => TResult): TResult => {
    try {
      return convert(parse(raw));
    } catch (cause) {
      const { pk } = raw;
      const key = showKey ? ` ${typeof pk === 'string' ? pk : 'without a key'}` : '';
      throw new Error(`Malformed ${kind} item${key}: ${(cause as Error).message}.`, { cause });
    }
  };
}
