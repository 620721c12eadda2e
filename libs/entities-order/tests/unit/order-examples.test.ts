import * as z from 'zod';
import { orderCreateSchema, OrderType } from '../../src/index.ts';
import { orderCreateExamples } from '../../src/order-examples.ts';

describe('orderCreateExamples', () => {
  it.each(orderCreateExamples)('are requests that the schema takes: %p', (example) => {
    expect(orderCreateSchema.parse(example)).toEqual(example);
  });

  it('are in the documents of the schema', () => {
    expect(z.toJSONSchema(orderCreateSchema, { io: 'input' }).examples).toEqual(orderCreateExamples);
  });

  it('are one of each type', () => {
    expect(orderCreateExamples.map(({ orderType }) => orderType)).toEqual(Object.values(OrderType));
  });
});
