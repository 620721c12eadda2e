import { countOf } from '../../src/counts.ts';
import { scheduleOf } from '../../src/killed/schedule.ts';

const size = { ticks: 300, orders: 90, assetIds: ['GOLD', 'SILVER'], owners: ['user-0', 'user-1'] };

describe(scheduleOf, () => {
  it('has as many events of each kind as it is asked for, each later than the one before', () => {
    const events = scheduleOf(1, size);
    const times = events.map(({ at }) => at.getTime());

    expect(countOf(events.map((event) => event.do))).toMatchObject({ tick: 300, place: 90, amend: 30, cancel: 15 });
    expect(times).toEqual([...new Set(times)].toSorted((left, right) => left - right));
  });

  it('is the same for the same seed, and another one for another', () => {
    expect(scheduleOf(1, size)).toEqual(scheduleOf(1, size));
    expect(scheduleOf(2, size)).not.toEqual(scheduleOf(1, size));
  });

  it('places orders of every type, and amends quantities and prices', () => {
    const events = scheduleOf(1, size);
    const types = new Set(events.flatMap((event) => (event.do === 'place' ? [event.order.orderType] : [])));
    const fields = new Set(events.flatMap((event) => (event.do === 'amend' ? Object.keys(event.amendment) : [])));

    expect(types.size).toBe(10);
    expect([...fields]).toEqual(expect.arrayContaining(['quantity', 'limitPrice', 'stopPrice']));
  });
});
