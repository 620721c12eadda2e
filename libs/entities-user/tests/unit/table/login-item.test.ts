import fc from 'fast-check';
import { type LoginRecord, fromLoginItem, loginAttributes, loginItemSchema, loginKey } from '@cnop/entities-user/table';
import { throughDynamoDb, throughToolbox, without } from './stored-form.ts';

const time = fc
  .date({ min: new Date('2000-01-01T00:00:00Z'), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
const anyRecord: fc.Arbitrary<LoginRecord> = fc.record(
  {
    name: fc.string(),
    sources: fc.array(
      fc.record(
        { source: fc.string(), failures: fc.nat(), lastAt: time, knownUntil: time },
        { requiredKeys: ['source', 'failures', 'lastAt'] },
      ),
    ),
    strangersFreeAt: time,
    version: fc.nat(),
  },
  { requiredKeys: ['sources', 'strangersFreeAt', 'version'] },
);

/** The item as the writes of an attempt leave it. */
const itemOf = (record: LoginRecord) => ({
  ...loginKey('alice'),
  ...loginAttributes(record),
  version: record.version,
  updatedAt: '2026-01-02T03:04:05.678Z',
  writeId: 'w-1',
  ttl: 1_767_323_046,
});
const empty: LoginRecord = { sources: [], strangersFreeAt: '2026-01-02T03:04:05.678Z', version: 1 };

describe(loginAttributes, () => {
  it('makes what reads back as the same record', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        expect(fromLoginItem(throughDynamoDb(itemOf(record)))).toEqual(record);
      }),
    );
  });

  it('makes what the table declaration takes, attribute for attribute', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        expect(throughToolbox(loginItemSchema, itemOf(record))).toEqual(itemOf(record));
      }),
    );
  });
});

describe(fromLoginItem, () => {
  it.each(['sources', 'strangersFreeAt', 'version'])('names the attribute when %s is missing', (attribute) => {
    expect(() => fromLoginItem(without(itemOf(empty), attribute))).toThrow(
      `Malformed login item: attribute '${attribute}'`,
    );
  });

  it('names the attribute of a source that is malformed', () => {
    const item = { ...itemOf(empty), sources: [{ source: 's', failures: 'many', lastAt: '' }] };

    expect(() => fromLoginItem(item)).toThrow("Malformed login item: attribute 'sources[0].failures'");
  });
});
