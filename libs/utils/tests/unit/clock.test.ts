import { createManualClock, systemClock } from '@cnop/utils';

describe('systemClock', () => {
  afterEach(() => void jest.useRealTimers());

  it('reads the time of the machine', () => {
    jest.useFakeTimers({ now: new Date('2026-01-05T09:30:00Z') });

    expect(systemClock.now()).toEqual(new Date('2026-01-05T09:30:00Z'));
  });
});

describe(createManualClock, () => {
  const start = '2026-01-02T03:04:05.678Z';

  it.each([start, new Date(start)])('stands still at %p', (from) => {
    const clock = createManualClock(from);

    expect([clock.now(), clock.now()].map((now) => now.toISOString())).toEqual([start, start]);
  });

  it('advances by milliseconds, forwards and backwards', () => {
    const clock = createManualClock(start);

    clock.advance(322);
    expect(clock.now().toISOString()).toBe('2026-01-02T03:04:06.000Z');

    clock.advance(-6_000);
    expect(clock.now().toISOString()).toBe('2026-01-02T03:04:00.000Z');
  });

  it('moves to any moment', () => {
    const clock = createManualClock(start);

    clock.set('2001-01-01T00:00:00Z');

    expect(clock.now()).toEqual(new Date('2001-01-01T00:00:00.000Z'));
  });

  it('does not move when a date that it took or gave is changed', () => {
    const from = new Date(start);
    const clock = createManualClock(from);

    from.setTime(0);
    clock.now().setTime(0);

    expect(clock.now().toISOString()).toBe(start);
  });

  it('refuses what is no moment, and stays as it was', () => {
    const clock = createManualClock(start);

    expect(() => createManualClock('yesterday')).toThrow(RangeError);
    expect(() => clock.set('2026-13-01')).toThrow(RangeError);
    expect(() => clock.advance(NaN)).toThrow(RangeError);
    expect(() => clock.advance(1e18)).toThrow(RangeError);
    expect(clock.now().toISOString()).toBe(start);
  });
});
