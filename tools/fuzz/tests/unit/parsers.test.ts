import { isDomainError } from '@cnop/exceptions';
import { fromWireMap } from '@cnop/stored-items';
import { decodeCursor, encodeCursor, formatDecimal, MAX_MINOR, MAX_SCALE, parseDecimal } from '@cnop/utils';
import * as validation from '@cnop/validation';
import * as ledger from '@cnop/entities-ledger/table';
import { ladderPartKey, orderIdOfKey, orderKey, partNameOfKey } from '@cnop/entities-order/table';
import * as users from '@cnop/entities-user/table';
import fc from 'fast-check';
import { hostileTexts } from '../../src/hostile.ts';
import { runs } from '../../src/runs.ts';
import { librariesOf } from '../support/libraries.ts';
import { thrownBy } from '../support/purity.ts';

const codeOf = (error: unknown): string => (isDomainError(error) ? error.code : String(error));

/** Parsers of keys, each with what builds the key of its answer: one is the inverse of the other. */
const keyParsers = {
  usernameOfKey: [users.usernameOfKey, (name: string) => users.userKey(name).pk],
  emailOfKey: [users.emailOfKey, (email: string) => users.emailKey(email).pk],
  familyIdOfKey: [users.familyIdOfKey, (id: string) => users.sessionKey('ann', id).sk],
  ownerOfKey: [ledger.ownerOfKey, (owner: string) => ledger.ownerPartition(owner)],
  codeOfKey: [ledger.codeOfKey, (code: string) => ledger.balanceKey('ann', code).sk],
  transactionIdOfKey: [ledger.transactionIdOfKey, (id: string) => ledger.transactionKey('ann', id).sk],
  orderIdOfKey: [orderIdOfKey, (id: string) => orderKey(id).pk],
  partNameOfKey: [partNameOfKey, (name: string) => ladderPartKey('BTC', name).sk],
  claimOfKey: [
    ledger.claimOfKey,
    ({ actor, key }: { actor: string; key: string }) => ledger.claimKey('ann', actor, key).sk,
  ],
} as unknown as Readonly<Record<string, [(key: string) => unknown, (part: unknown) => string]>>;
const prefixes = 'USER# OWNER# EMAIL# BALANCE# TXN# KEY# SESSION# ORDER# PART# user# #'.split(' ');
const keys = fc
  .record({ prefix: fc.constantFrom('', ...prefixes), text: hostileTexts })
  .map(({ prefix, text }) => prefix + text);

/** How the house names what reads outside input. Items and schemas have suites of their own. */
const parserName = /^(?:(?:parse|decode|from)[A-Z]\w*|\w+OfKey|\w+FromEnv)$/;
const covered = [...Object.keys(keyParsers), 'parseDecimal', 'decodeCursor', 'fromWireMap', 'parseInput'];

it.each([
  ...['ground', 'platform', 'entities', 'edge'].flatMap((layer) => librariesOf(layer)),
  ...librariesOf('entities', '/table'),
])('knows every parser of %s', (_name, module) => {
  const parsers = Object.keys(module).filter((name) => parserName.test(name) && !/^(?:from|decode)\w+Item$/.test(name));

  expect(parsers.filter((name) => !covered.includes(name))).toEqual([]);
});

it.each(Object.entries(keyParsers))('%s finds in a key the part that makes that very key', (_name, [parse, build]) => {
  fc.assert(
    fc.property(keys, (key) => {
      const part = parse(key);

      expect(part === undefined ? key : build(part)).toBe(key);
    }),
    runs(500),
  );
});

describe(parseDecimal, () => {
  const scales = fc.integer({ min: 0, max: MAX_SCALE });
  const decimals = fc.oneof(
    hostileTexts,
    fc.stringMatching(/^-?\d{1,30}(\.\d{0,20})?$/),
    fc.tuple(hostileTexts, fc.bigInt(), scales).map(([text, minor, scale]) => formatDecimal(minor, scale) + text),
  );

  it('refuses by AMOUNT_INVALID, or reads what is written back as the same number within the limits', () => {
    fc.assert(
      fc.property(decimals, scales, (text, scale) => {
        const error = thrownBy(() => parseDecimal(text, scale));
        if (error !== undefined) {
          expect(codeOf(error)).toBe('AMOUNT_INVALID');
          return;
        }
        const minor = parseDecimal(text, scale);
        const written = formatDecimal(minor, scale);

        expect(minor <= MAX_MINOR && minor >= -MAX_MINOR).toBe(true);
        expect(parseDecimal(written, scale)).toBe(minor);
        expect(written.startsWith(text.replace(/^-(?=[0.]*$)/, ''))).toBe(true);
      }),
      runs(1_000),
    );
  });

  it('reads every text that decimalTextSchema accepts, unless it has too many decimals or is too large', () => {
    fc.assert(
      fc.property(decimals, scales, (text, scale) => {
        const error = thrownBy(() => parseDecimal(text, scale));
        const isShape = isDomainError(error) && 'rule' in error.details && error.details.rule === 'shape';

        expect(validation.decimalTextSchema.safeParse(text).success).toBe(!isShape && !text.startsWith('-'));
      }),
      runs(1_000),
    );
  });
});

describe(fromWireMap, () => {
  it('reads every number that DynamoDB can hold, and loses no digit of it', () => {
    const numbers = fc.stringMatching(/^-?(0|[1-9]\d{0,37})(\.\d{1,20})?(E-?\d{1,2})?$/);

    fc.assert(
      fc.property(numbers, (number) => {
        const { value, note } = fromWireMap({ value: { N: number }, note: { S: 'kept' } });

        expect(String(value)).toBe(number === '-0' ? '0' : number);
        expect(note).toBe('kept');
      }),
      runs(1_000),
    );
  });
});

describe(decodeCursor, () => {
  const bindings = fc.array(hostileTexts, { maxLength: 3 });

  it('refuses any text that encodeCursor did not make, and one character changed, left out or put in', () => {
    const one = fc.constantFrom('', 'a', '0', '-', '_', '=', ' ', 'é');
    const cuts = fc.record({ at: fc.nat(1_000), cut: fc.nat(1), put: one });

    fc.assert(
      fc.property(hostileTexts, bindings, cuts, (text, binding, { at, cut, put }) => {
        const cursor = encodeCursor([text.slice(0, 40)], binding);
        const place = at % (cursor.length + 1);
        const altered = cursor.slice(0, place) + put + cursor.slice(place + cut);
        fc.pre(altered !== cursor);

        for (const wrong of [text, altered])
          expect(codeOf(thrownBy(() => decodeCursor(wrong, binding)))).toBe('CURSOR_INVALID');
      }),
      runs(200),
    );
  });

  it('gives back what was encoded, whatever its characters', () => {
    const positions = fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { maxLength: 4 });

    fc.assert(
      fc.property(positions, bindings, (position, binding) => {
        expect(decodeCursor(encodeCursor(position, binding), binding)).toEqual(position);
      }),
      runs(100),
    );
  });
});
