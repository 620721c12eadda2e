import { orderIdOfKey, orderKey } from '@cnop/entities-order/table';
import * as ledger from '@cnop/entities-ledger/table';
import * as users from '@cnop/entities-user/table';
import fc from 'fast-check';
import { hostileTexts } from '../../src/hostile-texts.ts';
import { hostileValues } from '../../src/hostile-values.ts';
import { runs } from '../../src/runs.ts';
import type { Fuzzed } from './fuzzed.ts';
import { thrownBy } from './thrown-by.ts';

const prefixes = fc.constantFrom(
  'USER#',
  'OWNER#',
  'EMAIL#',
  'BALANCE#',
  'TXN#',
  'KEY#',
  'SESSION#',
  'ORDER#',
  'user#',
  '#',
  '',
);
const keys = fc.record({ prefix: prefixes, text: hostileTexts }).map(({ prefix, text }) => prefix + text);

/** A parser of keys and the key that its answer makes: one is the inverse of the other, and nothing else has a part. */
function inverse<TPart>(
  name: string,
  parse: (key: string) => TPart | undefined,
  build: (part: TPart) => string,
): Fuzzed {
  return {
    name,
    promise: 'finds in a key the part that makes that very key, or nothing',
    check: () => {
      fc.assert(
        fc.property(keys, (key) => {
          const part = parse(key);

          expect(part === undefined ? key : build(part)).toBe(key);
        }),
        runs(500),
      );
    },
  };
}

/** Parsers of the keys of items. */
export const keyParsers: readonly Fuzzed[] = [
  inverse('usernameOfKey', users.usernameOfKey, (username) => users.userKey(username).pk),
  inverse('emailOfKey', users.emailOfKey, (email) => users.emailKey(email).pk),
  inverse('ownerOfKey', ledger.ownerOfKey, (owner) => ledger.ownerPartition(owner)),
  inverse('codeOfKey', ledger.codeOfKey, (code) => ledger.balanceKey('ann', code).sk),
  inverse('transactionIdOfKey', ledger.transactionIdOfKey, (id) => ledger.transactionKey('ann', id).sk),
  inverse('familyIdOfKey', users.familyIdOfKey, (familyId) => users.sessionKey('ann', familyId).sk),
  inverse('claimOfKey', ledger.claimOfKey, ({ actor, key }) => ledger.claimKey('ann', actor, key).sk),
  {
    name: 'orderIdOfKey',
    promise: 'gives the id that makes that very key, or throws a plain Error',
    check: () => {
      fc.assert(
        fc.property(fc.oneof(keys, hostileValues), (key) => {
          const error = thrownBy(() => orderIdOfKey(key));

          if (error === undefined) expect(orderKey(orderIdOfKey(key)).pk).toBe(key);
          else expect(error).toEqual(new Error("attribute 'pk' is not the key of an order"));
        }),
        runs(500),
      );
    },
  },
];
