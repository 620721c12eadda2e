import { sharedErrors } from '@cnop/exceptions';
import { putIfAbsent, toWireWrite } from '../../src/write-action.ts';
import { thrownBy } from '../support/thrown-by.ts';

describe(toWireWrite, () => {
  const expression = { ExpressionAttributeValues: { ':a': 1n } };
  const wireExpression = { ExpressionAttributeValues: { ':a': { N: '1' } } };
  const oldItem = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' };
  const key = { TableName: 'things', Key: { pk: 'a' } };
  const wireKey = { TableName: 'things', Key: { pk: { S: 'a' } } };

  it('turns each kind of write into its wire form, asking for the old item', () => {
    const UpdateExpression = 'SET a = :a';

    expect(toWireWrite({ Put: { TableName: 'things', Item: { pk: 'a' }, ...expression } })).toEqual({
      Put: { TableName: 'things', Item: { pk: { S: 'a' } }, ...wireExpression, ...oldItem },
    });
    expect(toWireWrite({ Update: { ...key, UpdateExpression, ...expression } })).toEqual({
      Update: { ...wireKey, UpdateExpression, ...wireExpression, ...oldItem },
    });
    expect(toWireWrite({ Delete: key })).toEqual({ Delete: { ...wireKey, ...oldItem } });
    expect(toWireWrite({ ConditionCheck: { ...key, ConditionExpression: 'a = :a', ...expression } })).toEqual({
      ConditionCheck: { ...wireKey, ConditionExpression: 'a = :a', ...wireExpression, ...oldItem },
    });
  });

  it('refuses a value that cannot be stored, as a failure that is certain', () => {
    const write = () => toWireWrite({ Put: { TableName: 'things', Item: { pk: 'a', at: new Date(0) } } });

    expect(write).toThrow(sharedErrors.DatabaseError);
    expect(write).toThrow(expect.objectContaining({ details: { reason: 'OTHER', table: 'things' } }) as Error);
  });

  it('says nothing of a table that the write does not name', () => {
    const write = () => toWireWrite({ Put: { TableName: undefined, Item: { pk: 'a', at: new Date(0) } } });

    const { details } = thrownBy(write) as Error & { readonly details?: object };

    expect(details).toStrictEqual({ reason: 'OTHER' });
  });

  it('refuses a write that is none', () => {
    expect(() => toWireWrite({})).toThrow('one of put, update, delete and condition check');
  });
});

describe(putIfAbsent, () => {
  it('puts an item under the condition that there is none', () => {
    expect(putIfAbsent('things', { pk: 'a', sk: 'b' })).toEqual({
      Put: { TableName: 'things', Item: { pk: 'a', sk: 'b' }, ConditionExpression: 'attribute_not_exists(pk)' },
    });
  });
});
