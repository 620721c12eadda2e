import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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

describe('the requests on the page of standing orders', () => {
  const page = readFileSync(join(__dirname, '../../../../docs/standing-orders.md'), 'utf8');
  const [, lines = ''] = /```jsonl\n([\s\S]*?)\n```/.exec(page) ?? [];
  const requests = lines.split('\n').map((line) => JSON.parse(line) as { readonly orderType: OrderType });

  it.each(requests)('are such as the schema takes: %p', (request) => {
    expect(orderCreateSchema.parse(request)).toMatchObject({ orderType: request.orderType });
  });

  it('are of every type that waits for a price', () => {
    const types = Object.values(OrderType).filter((type) => !type.startsWith('MARKET_'));

    expect([...new Set(requests.map(({ orderType }) => orderType))]).toEqual(types);
  });
});
