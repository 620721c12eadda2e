import type { ErrorOf } from '@cnop/exceptions';
import fc from 'fast-check';

import {
  assertTransition,
  bornStatuses,
  canTransition,
  isOpen,
  isTerminal,
  OrderStatus,
  orderStatusSchema,
  orderTransitions,
  sourcesOf,
  type orderErrors,
} from '@cnop/entities-order';
import { statuses } from './arbitraries.ts';
import { thrownBy } from './thrown-by.ts';

const all = Object.values(OrderStatus);

/** Rows: from; columns: to, in the order of the rows. Written out a second time, so that no slip in the table goes unseen. */
const legal = {
  //           PEND CONF QUEU PROC COMP CANC FAIL EXPI
  PENDING: '   -    x    -    -    -    x    x    x',
  CONFIRMED: ' -    -    x    x    x    x    x    x',
  QUEUED: '    -    -    -    x    x    x    x    x',
  PROCESSING: '-    -    -    -    x    x    x    x',
  COMPLETED: ' -    -    -    -    -    -    -    -',
  CANCELLED: ' -    -    -    -    -    -    -    -',
  FAILED: '    -    -    -    -    -    -    -    -',
  EXPIRED: '   -    -    -    -    -    -    -    -',
};
const pairs = all.flatMap((from) => {
  const marks = legal[from].trim().split(/\s+/);

  return all.map((to, column) => ({ from, to, allowed: marks[column] === 'x' }));
});

describe('every pair of statuses', () => {
  it('is in the table of this test', () => {
    expect(pairs).toHaveLength(64);
    expect(pairs.filter(({ allowed }) => allowed)).toHaveLength(19);
  });

  it.each(pairs)('$from to $to: $allowed', ({ from, to, allowed }) => {
    expect(canTransition(from, to)).toBe(allowed);
    expect(sourcesOf(to).includes(from)).toBe(allowed);
  });

  it.each(pairs.filter(({ allowed }) => allowed))('asserts $from to $to', ({ from, to }) => {
    expect(() => assertTransition(from, to)).not.toThrow();
  });

  it.each(pairs.filter(({ allowed }) => !allowed))('refuses $from to $to', ({ from, to }) => {
    expect(() => assertTransition(from, to, 'o-1')).toThrow(
      expect.objectContaining({ code: 'ORDER_TRANSITION_ILLEGAL', details: { orderId: 'o-1', from, to } }) as Error,
    );
  });
});

describe(assertTransition, () => {
  it('leaves the order id out of the details where none is known', () => {
    const error = thrownBy(() => assertTransition('COMPLETED', 'PENDING'));

    expect((error as ErrorOf<typeof orderErrors, 'IllegalOrderTransitionError'>).details).toStrictEqual({
      from: 'COMPLETED',
      to: 'PENDING',
    });
  });
});

describe(isTerminal, () => {
  it('is true of the four statuses that nothing follows', () => {
    expect(all.filter(isTerminal)).toEqual(['COMPLETED', 'CANCELLED', 'FAILED', 'EXPIRED']);
  });
});

describe(isOpen, () => {
  it('is true of the two statuses that hold money or assets', () => {
    expect(all.filter(isOpen)).toEqual(['QUEUED', 'PROCESSING']);
  });
});

describe(sourcesOf, () => {
  it('lists the statuses to put into a condition', () => {
    expect(sourcesOf('CANCELLED')).toEqual(['PENDING', 'CONFIRMED', 'QUEUED', 'PROCESSING']);
  });

  it('is empty for a status in which an order is only born', () => {
    expect(sourcesOf('PENDING')).toEqual([]);
  });
});

describe('the state machine', () => {
  it('lets an order be born in four statuses', () => {
    expect(bornStatuses).toEqual(['PENDING', 'QUEUED', 'COMPLETED', 'FAILED']);
  });

  it('never leaves a terminal status, whatever is tried', () => {
    fc.assert(
      fc.property(fc.constantFrom(...bornStatuses), fc.array(statuses, { maxLength: 50 }), (born, attempts) => {
        let status: OrderStatus = born;
        for (const attempt of attempts) {
          const before: OrderStatus = status;
          status = canTransition(before, attempt) ? attempt : before;

          expect(isTerminal(before) && status !== before).toBe(false);
        }
      }),
    );
  });

  it('reaches every status from those in which an order is born', () => {
    const reached = new Set<OrderStatus>(bornStatuses);
    for (const status of reached) {
      orderTransitions[status].forEach((next) => reached.add(next));
    }

    expect([...reached].sort()).toEqual([...all].sort());
  });

  it('comes to an end within four steps, since no path visits a status twice', () => {
    const longestFrom = (status: OrderStatus): number =>
      Math.max(0, ...orderTransitions[status].map((next) => 1 + longestFrom(next)));

    expect(Math.max(...all.map(longestFrom))).toBe(4);
  });
});

describe('orderStatusSchema', () => {
  it.each(all)('accepts %s', (status) => {
    expect(orderStatusSchema.parse(status)).toBe(status);
  });

  it('refuses what is not a status', () => {
    expect(orderStatusSchema.safeParse('DONE').success).toBe(false);
  });
});

describe('ancestor fault 8: status writes unguarded', () => {
  it('refuses COMPLETED to PENDING', () => {
    expect(canTransition('COMPLETED', 'PENDING')).toBe(false);
  });
});
