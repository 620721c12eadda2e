import { isDeepStrictEqual } from 'node:util';
import { makeTransaction } from '@cnop/entities-ledger/testing';
import { divideLadder } from '@cnop/entities-order/table';
import { administratorsKey, loginAttributes, loginKey } from '@cnop/entities-user/table';
import fc from 'fast-check';
import { hostileValues } from '../../src/hostile.ts';
import { runs } from '../../src/runs.ts';
import { spoil } from '../../src/spoil.ts';
import { at, exampleOf, transactionId } from '../support/examples.ts';
import { librariesOf } from '../support/libraries.ts';

type Item = Readonly<Record<string, unknown>>;

/** What the writers of items take beside the value that is stored. */
const extras = {
  termsWriteId: 't-1',
  writeId: 'w-1',
  createdAt: at,
  requestHash: 'h-1',
  passwordHash: '$argon2id$',
  createKey: 'k-1',
  createHash: 'h-1',
};
const fill = { priceMinor: 5n, priceScale: 2, quantityMinor: 3n, quantityScale: 0, side: 'BUY' } as const;
const [part] = divideLadder([{ anchor: at, markMinor: 5n }], { kind: 'HIGH', asOf: at, stored: [] });
/** Values that are stored, where no schema of the domain model makes them. */
const values: Readonly<Record<string, unknown>> = {
  Transaction: makeTransaction({ orderId: 'o-1', fill, description: 'x', actor: 'root', idempotencyKey: 'k-1' }),
  EmailClaim: { email: 'ann@example.com', username: 'ann', createdAt: at, writeId: 'w-1' },
  Session: {
    ...{ username: 'ann', familyId: 'AAAA', sessionEpoch: 1, tokenHash: 'h-2', previousTokenHash: 'h-1' },
    ...{ successorSeed: 's-1', rotations: 1, rotatedAt: at, expiresAt: at, idleExpiresAt: at },
    ...{ revokedAt: at, revokedFor: 'REUSE', createdAt: at, writeId: 'w-1' },
  },
  TriggerCursor: { assetId: 'MSFT', asOf: at, parts: [`${at}#H#${at}#AAAAAAAAAAAAAAAA`] },
  LadderPart: { assetId: 'MSFT', ...part },
  ExpiryCheckpoint: { hour: '2026-01-02T03' },
  WorkerLease: { assetId: 'MSFT', holder: 'w-1', leasedUntil: at },
  Claim: {
    ...{ owner: 'ann', actor: 'root', key: 'a#1', requestHash: 'h-1', transactionId, status: 'REFUSED' },
    ...{ refusal: '{}', createdAt: at, writeId: 'w-1' },
  },
};
/** Items that are updated in place. */
const sources = [{ source: 's-1', failures: 2, lastAt: at, knownUntil: at }];
const items: Readonly<Record<string, Item>> = {
  Administrators: { ...administratorsKey, schemaVersion: 1, usernames: new Set(['ann']), updatedAt: at },
  Login: {
    ...loginKey('ann'),
    ...loginAttributes({ name: 'n-1', sources, strangersFreeAt: at, version: 3 }),
    ...{ version: 3, updatedAt: at, writeId: 'w-1', ttl: 1_767_323_045 },
  },
};

/** The readers of stored items, by how they are named, each with an item that has every attribute it may have. */
const readers = librariesOf('entities', '/table').flatMap(([library, exported]) =>
  Object.entries(exported).flatMap(([name, read]) => {
    const [, from, of] = /^(?:from(\w+)Item|(\w+)(?:ItemExtras|GuardOf))$/.exec(name) ?? [];
    const kind = from ?? of?.replace(/^./, (letter) => letter.toUpperCase());
    if (kind === undefined) return [];
    const write = exported[`to${kind}Item`] as ((...stored: unknown[]) => Item) | undefined;
    const stored = values[kind] ?? exampleOf(`${kind.replace(/^./, (letter) => letter.toLowerCase())}Schema`);

    return { library, name, read: read as (item: Item) => object, item: items[kind] ?? write?.(stored, extras) ?? {} };
  }),
);

/** What is wrong with how a reader takes a damaged item, as a phrase: it names the damage, or reads that attribute as its own kind. */
function problemOf({ read, item }: (typeof readers)[number], damaged: unknown, property: unknown): string | undefined {
  let value: Item;
  try {
    value = read(damaged as Item) as Item;
  } catch (error) {
    return error instanceof Error && /^Malformed [a-z0-9 ]+ item/.test(error.message) ? undefined : String(error);
  }
  const whole = read(item) as Item;
  const changed = Object.keys({ ...value, ...whole }).filter((name) => !isDeepStrictEqual(value[name], whole[name]));
  const isWithinKey = property === 'pk' || property === 'sk' || property === undefined;
  if (!isWithinKey && changed.some((name) => name !== property)) return `it changes ${changed.join()}`;

  return kindProblem(value, whole);
}

/** Where a value is not of the kind that the reference is, down to the last part: texts, exact integers, no part the reference lacks. */
function kindProblem(value: unknown, reference: unknown, path = ''): string | undefined {
  if (Array.isArray(reference)) {
    if (!Array.isArray(value)) return `${path} is no list`;
    return value.map((part, index) => kindProblem(part, reference[0], `${path}[${index}]`)).find(Boolean);
  }
  if (typeof reference === 'object' && reference !== null) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return `${path} is no map`;
    const parts = new Map<string, unknown>(Object.entries(reference));
    // Free keys, such as those of metadata, all have texts as values.
    const isRecord = path !== '' && [...parts.values()].every((kind) => typeof kind === 'string');

    return Object.entries(value)
      .map(([name, part]) => {
        if (!parts.has(name) && !isRecord) return `${path}.${name} is not known`;
        return kindProblem(part, parts.has(name) ? parts.get(name) : 'text', `${path}.${name}`);
      })
      .find(Boolean);
  }
  if (typeof value !== typeof reference) return `${path} is a ${typeof value}`;

  return typeof value === 'number' && !Number.isSafeInteger(value) ? `${path} is ${value}` : undefined;
}

describe.each(readers)('$name', (reader) => {
  it('reads its example', () => {
    expect(Object.keys(reader.read(reader.item))).not.toEqual([]);
  });

  it('names a damaged attribute, or reads it as what it is and all others as they were', () => {
    fc.assert(
      fc.property(spoil(reader.item), ({ value, property }) => {
        fc.pre(typeof value === 'object' && value !== null);

        expect(problemOf(reader, value, property)).toBeUndefined();
      }),
      runs(1_000),
    );
  });

  it('refuses an item of anything else', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(reader.item)), hostileValues), (item) => {
        expect(problemOf(reader, item, undefined)).toBeUndefined();
      }),
      runs(100),
    );
  });
});

type Decode = (item: Item) => { readonly kind: string };

/** The decoders of tables, each with the readers of the items that are in its table. */
const decoders = librariesOf('entities', '/table').flatMap(([library, exported]) =>
  Object.entries(exported)
    .filter(([name]) => /^decode\w+Item$/.test(name))
    .map(([name, decode]) => ({
      name,
      decode: decode as Decode,
      readers: readers.filter((reader) => reader.library === library && reader.name.startsWith('from')),
    })),
);

const outcomeOf = (read: () => unknown): unknown => {
  try {
    return read();
  } catch (error) {
    return String(error);
  }
};

describe.each(decoders)('$name', ({ decode, readers: ofTable }) => {
  it('reads every kind of item of its table', () => {
    expect(ofTable.map(({ item }) => decode(item).kind)).not.toContain('unknown');
  });

  it.each(ofTable)('reads what $name reads, damaged or not, unless the key is unknown to it', ({ read, item }) => {
    const decoded = (value: Item) => {
      const { kind, ...record } = decode(value);
      return kind === 'unknown' ? kind : Object.values(record)[0];
    };

    fc.assert(
      fc.property(spoil(item), ({ value, property }) => {
        fc.pre(typeof value === 'object' && value !== null && property !== 'pk' && property !== 'sk');
        const outcome = outcomeOf(() => decoded(value as Item));

        if (outcome !== 'unknown') expect(outcome).toEqual(outcomeOf(() => read(value as Item)));
      }),
      runs(200),
    );
  });
});
