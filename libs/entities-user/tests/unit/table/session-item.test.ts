import fc from 'fast-check';
import {
  type Session,
  SessionRevocation,
  fromSessionItem,
  isSessionEnded,
  sessionItemSchema,
  toSessionItem,
} from '@cnop/entities-user/table';
import { username } from '../arbitraries.ts';
import { throughDynamoDb, throughToolbox, without } from './stored-form.ts';

const digest = fc.base64String({ minLength: 4 });
const time = fc
  .date({ min: new Date('2000-01-01T00:00:00Z'), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

const anySession: fc.Arbitrary<Session> = fc.record(
  {
    username,
    familyId: fc.stringMatching(/^[\w-]{22}$/),
    sessionEpoch: fc.nat(),
    tokenHash: digest,
    previousTokenHash: digest,
    successorSeed: digest,
    rotations: fc.nat(),
    rotatedAt: time,
    expiresAt: time,
    idleExpiresAt: time,
    revokedAt: time,
    revokedFor: fc.constantFrom(...Object.values(SessionRevocation)),
    createdAt: time,
    writeId: fc.uuid(),
  },
  {
    requiredKeys: [
      'username',
      'familyId',
      'sessionEpoch',
      'tokenHash',
      'rotations',
      'expiresAt',
      'idleExpiresAt',
      'createdAt',
      'writeId',
    ],
  },
);
const fresh: Session = {
  username: 'alice',
  familyId: 'f-1',
  sessionEpoch: 0,
  tokenHash: 'hash',
  rotations: 0,
  expiresAt: '2026-02-02T03:04:05.678Z',
  idleExpiresAt: '2026-01-09T03:04:05.678Z',
  createdAt: '2026-01-02T03:04:05.678Z',
  writeId: 'w-1',
};

describe(toSessionItem, () => {
  it('writes what reads back as the same session', () => {
    fc.assert(
      fc.property(anySession, (session) => {
        expect(fromSessionItem(throughDynamoDb(toSessionItem(session)))).toEqual(session);
      }),
    );
  });

  it('writes what the table declaration takes, attribute for attribute', () => {
    fc.assert(
      fc.property(anySession, (session) => {
        const item = toSessionItem(session);

        expect(throughToolbox(sessionItemSchema, item)).toEqual(item);
      }),
    );
  });

  it('may be cleaned up once nobody has used it for too long', () => {
    expect(toSessionItem(fresh)).toStrictEqual({
      pk: 'USER#alice',
      sk: 'SESSION#f-1',
      schemaVersion: 1,
      tokenHash: 'hash',
      expiresAt: '2026-02-02T03:04:05.678Z',
      idleExpiresAt: '2026-01-09T03:04:05.678Z',
      createdAt: '2026-01-02T03:04:05.678Z',
      writeId: 'w-1',
      ttl: Date.parse('2026-01-09T03:04:06Z') / 1_000,
    });
  });
});

describe(fromSessionItem, () => {
  it.each(['pk', 'sk', 'tokenHash', 'expiresAt', 'idleExpiresAt', 'createdAt', 'writeId'])(
    'names the item and the attribute when %s is missing',
    (attribute) => {
      expect(() => fromSessionItem(without(toSessionItem(fresh), attribute))).toThrow(
        `Malformed session item: attribute '${attribute}'`,
      );
    },
  );

  it('refuses a reason that it does not know, and a key that is no session’s', () => {
    const item = toSessionItem(fresh);

    expect(() => fromSessionItem({ ...item, revokedFor: 'BOREDOM' })).toThrow("attribute 'revokedFor'");
    expect(() => fromSessionItem({ ...item, sk: 'PROFILE' })).toThrow("attribute 'sk'");
  });
});

describe(isSessionEnded, () => {
  it('is true of a session that was revoked, and of one that is not stored', () => {
    const item = toSessionItem(fresh);

    expect([item, { ...item, revokedAt: fresh.createdAt }, {}, undefined].map(isSessionEnded)).toEqual([
      false,
      true,
      false,
      true,
    ]);
  });
});
