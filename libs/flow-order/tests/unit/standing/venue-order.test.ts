import { makeOrder } from '@cnop/entities-order/testing';
import { refusalOf } from '@cnop/testing';
import { assertAtVenue, assertOpen, assertVenuePlaceable } from '../../../src/standing/venue-order.ts';

const refusalIn = (act: () => unknown) => refusalOf(Promise.resolve().then(act));

describe(assertVenuePlaceable, () => {
  it.each(['IOC', 'FOK'])('refuses an order that is %s, and says why', async (timeInForce) => {
    const refusal = await refusalIn(() => {
      assertVenuePlaceable({ timeInForce });
    });

    expect(refusal).toMatchObject({
      code: 'VALIDATION_FAILED',
      details: {
        issues: [
          {
            pointer: '/timeInForce',
            rule: 'time_in_force_at_venue',
            message: 'An order that a venue executes rests: use GTC or GTD.',
          },
        ],
      },
    });
  });

  it('refuses an order by notional, and says why', async () => {
    const refusal = await refusalIn(() => {
      assertVenuePlaceable({ notional: '100' });
    });

    expect(refusal.details).toMatchObject({
      issues: [
        {
          pointer: '/notional',
          rule: 'notional_at_venue',
          message: 'An order that a venue executes has a quantity.',
        },
      ],
    });
  });

  it.each(['GTC', 'GTD', undefined])('takes one that rests: %p', (timeInForce) => {
    expect(() => {
      assertVenuePlaceable({ timeInForce });
    }).not.toThrow();
  });
});

describe('a report', () => {
  it('is none of an order that the platform executes, and says so', async () => {
    const refusal = await refusalIn(() => {
      assertAtVenue(makeOrder());
    });

    expect(refusal.details).toMatchObject({
      issues: [
        {
          pointer: '/orderId',
          rule: 'at_a_venue',
          message: 'The platform executes this order; a venue has nothing to report of it.',
        },
      ],
    });
    expect(() => {
      assertAtVenue(makeOrder({ execution: 'VENUE' }));
    }).not.toThrow();
  });

  it('is none of an order that is over', async () => {
    const over = makeOrder({ status: 'EXPIRED' });

    const refusal = await refusalIn(() => {
      assertOpen(over);
    });

    expect(refusal).toMatchObject({
      code: 'ORDER_NOT_OPEN',
      details: { orderId: over.orderId, status: 'EXPIRED' },
    });
    expect(() => {
      assertOpen(makeOrder({ status: 'QUEUED' }));
    }).not.toThrow();
  });
});
