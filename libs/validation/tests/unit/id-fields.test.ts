import { createIds, uuidFromName } from '@cnop/utils';
import { idempotencyKeySchema, orderIdSchema, transactionIdSchema } from '@cnop/validation';

import { accepted } from '../support/accepted.ts';

describe('idempotencyKeySchema', () => {
  it.each(['a', '!', '~', 'Order#1/2', 'x'.repeat(64)])('takes %s unchanged', (input) => {
    expect(accepted(idempotencyKeySchema, input)).toBe(input);
  });

  it.each(['', ' ', 'a b', 'a\n', '\x7f', 'é', 'x'.repeat(65), 1, null])('refuses %j', (input) => {
    expect(accepted(idempotencyKeySchema, input)).toBeUndefined();
  });
});

describe('orderIdSchema', () => {
  it('takes the ids that orders get', () => {
    const ids = [createIds().uuid(), uuidFromName('ann\n1', '6ba7b810-9dad-11d1-80b4-00c04fd430c8')];

    expect(ids.map((id) => accepted(orderIdSchema, id))).toEqual(ids);
  });

  it('lower-cases an id', () => {
    expect(accepted(orderIdSchema, '6BA7B810-9DAD-51D1-80B4-00C04FD430C8')).toBe(
      '6ba7b810-9dad-51d1-80b4-00c04fd430c8',
    );
  });

  it.each([
    '',
    '1',
    '6ba7b8109dad51d180b400c04fd430c8',
    '6ba7b810-9dad-51d1-80b4-00c04fd430c8 ',
    '6ba7b810-9dad-51d1-80b4-00c04fd430cg',
  ])('refuses %j', (input) => {
    expect(accepted(orderIdSchema, input)).toBeUndefined();
  });
});

describe('transactionIdSchema', () => {
  it('takes the ids that transactions get', () => {
    const id = createIds().ulid();

    expect(accepted(transactionIdSchema, id)).toBe(id);
  });

  it('upper-cases an id', () => {
    expect(accepted(transactionIdSchema, '01kdyak348abcdefghjkmnpqrs')).toBe('01KDYAK348ABCDEFGHJKMNPQRS');
  });

  it.each([
    '',
    '01KDYAK348ABCDEFGHJKMNPQR',
    '81KDYAK348ABCDEFGHJKMNPQRS',
    '01KDYAK348ABCDEFGHJKMNPQRU',
    '01KDYAK348ABCDEFGHIKMNPQRS',
    5,
  ])('refuses %j', (input) => {
    expect(accepted(transactionIdSchema, input)).toBeUndefined();
  });
});
