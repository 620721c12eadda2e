import { entityFuzzes } from './entities/entity-fuzzes.ts';
import { exampleValues } from './example-values.ts';

const { at, metadata, orderId, transactionId } = exampleValues;

const validation: Readonly<Record<string, readonly unknown[]>> = {
  emailSchema: ['ann@example.com'],
  passwordSchema: ['correct horse battery'],
  ownerSchema: ['Ann.B-1', 'auth0|64f1c2d3'],
  usernameSchema: ['Ann.B-1'],
  assetIdSchema: ['AAPL'],
  balanceCodeSchema: ['USD', 'BTC'],
  currencyCodeSchema: ['EUR'],
  decimalTextSchema: ['0', '12.50'],
  positiveDecimalTextSchema: ['0.00000001'],
  signedDecimalTextSchema: ['-12.50', '0'],
  idempotencyKeySchema: ['deposit#1'],
  orderIdSchema: [orderId],
  transactionIdSchema: [transactionId],
  metadataSchema: [metadata],
  pageSchema: [{ limit: '7', cursor: 'AAAA' }],
  dateOfBirthSchema: ['2000-02-29'],
  personNameSchema: ['Zoë O’Hara'],
  phoneSchema: ['+12025550123'],
  wellFormedTextSchema: ['Zoë 😀'],
  timestampSchema: ['2026-01-02T03:04:05Z', at],
};

/** Valid inputs of an exported schema; none where nobody has thought of it. */
export function examplesOf(library: string, schema: string): readonly unknown[] {
  const sources =
    library === 'validation'
      ? [validation]
      : entityFuzzes.filter((fuzz) => fuzz.library === library).map(({ examples }) => examples);

  return sources.flatMap((examples) => examples[schema] ?? []);
}
