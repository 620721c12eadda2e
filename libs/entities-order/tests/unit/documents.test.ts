import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { orderCreateSchema, OrderType } from '@cnop/entities-order';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { orderItemSchema } from '@cnop/entities-order/table';

const pageOf = (name: string) => readFileSync(join(__dirname, `../../../../docs/${name}.md`), 'utf8');

describe('the requests on the page of standing orders', () => {
  const page = pageOf('standing-orders');
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

describe('the page of the data model', () => {
  const page = pageOf('data-model');
  const [, attributes = ''] = /\n### Order\n([\s\S]*?)\n### /.exec(page) ?? [];
  const [, indexes = ''] = /\n## Indexes\n([\s\S]*?)\n## /.exec(page) ?? [];
  const everyItem = ['pk', 'sk', 'schemaVersion', 'createdAt', 'writeId'];

  it('has each attribute of an order', () => {
    const missing = Object.keys(orderItemSchema.attributes).filter((name) => !attributes.includes(`\`${name}\``));

    expect(missing).toEqual(expect.arrayContaining(everyItem));
    expect(missing.filter((name) => !everyItem.includes(name))).toEqual([]);
  });

  it('has each index of the table of orders', () => {
    const missing = ordersTableShape.indexes.filter(({ name }) => !indexes.includes(`\n| \`${name}\``));

    expect(missing).toEqual([]);
  });
});
