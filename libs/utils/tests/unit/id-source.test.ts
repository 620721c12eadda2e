import { decodeTime, isValid } from 'ulid';
import { validate, version } from 'uuid';

import { createIds, createManualClock } from '@cnop/utils';

const time = '2026-03-04T05:06:07.089Z';
const timeMs = Date.parse(time);

/** The same bytes in every run. */
function seededRandom(): (bytes: number) => Uint8Array {
  let state = 1;
  return (bytes) =>
    Uint8Array.from({ length: bytes }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return state >>> 24;
    });
}

const uuidTime = (uuid: string) => parseInt(uuid.replaceAll('-', '').slice(0, 12), 16);

describe(createIds, () => {
  it('makes UUIDv7 that carry the time of the clock', () => {
    const clock = createManualClock(time);
    const ids = createIds({ clock });

    const uuid = ids.uuid();

    expect(validate(uuid)).toBe(true);
    expect(version(uuid)).toBe(7);
    expect(uuidTime(uuid)).toBe(timeMs);
  });

  it('makes ULIDs that carry the time of the clock', () => {
    const ids = createIds({ clock: createManualClock(time) });

    const ulid = ids.ulid();

    expect(isValid(ulid)).toBe(true);
    expect(decodeTime(ulid)).toBe(timeMs);
  });

  it('makes ULIDs that ascend within a millisecond, over time, and when the clock steps back', () => {
    const clock = createManualClock(time);
    const ids = createIds({ clock });
    const steps = [
      ...new Array<number>(500).fill(0),
      ...new Array<number>(50).fill(1),
      ...new Array<number>(50).fill(-7),
    ];

    const ulids = steps.map((step) => {
      clock.advance(step);
      return ids.ulid();
    });

    expect(ulids).toEqual([...new Set(ulids)].sort());
  });

  it('makes ULIDs that tell the right time again when a clock that was far ahead is set back', () => {
    const clock = createManualClock(time);
    const ids = createIds({ clock });
    clock.advance(3_600_000);
    const ahead = ids.ulid();
    clock.advance(-3_600_000);

    const [first, second] = [ids.ulid(), ids.ulid()];

    expect(first < second).toBe(true);
    expect(second < ahead).toBe(true);
    expect(decodeTime(second)).toBe(clock.now().getTime());
  });

  it('never repeats itself', () => {
    const ids = createIds({ clock: createManualClock(time) });
    const other = createIds({ clock: createManualClock(time) });

    const all = Array.from({ length: 2_000 }, () => [ids.uuid(), ids.ulid(), other.uuid(), other.ulid()]).flat();

    expect(new Set(all).size).toBe(all.length);
  });

  it('repeats itself exactly when clock and randomness do', () => {
    const draw = () => {
      const ids = createIds({ clock: createManualClock(time), random: seededRandom() });
      return [ids.uuid(), ids.ulid(), ids.uuid(), ids.ulid()];
    };

    const first = draw();

    expect(first).toEqual(draw());
    expect(new Set(first).size).toBe(4);
  });

  it('uses every character of the alphabet', () => {
    const clock = createManualClock(time);
    const ids = createIds({ clock });

    const characters = Array.from({ length: 500 }, () => {
      clock.advance(1);
      return ids.ulid().slice(10);
    }).join('');

    expect(new Set(characters).size).toBe(32);
  });

  it('takes the time of the machine by default', () => {
    jest.useFakeTimers({ now: timeMs });
    const ids = createIds();

    expect([uuidTime(ids.uuid()), decodeTime(ids.ulid())]).toEqual([timeMs, timeMs]);
    jest.useRealTimers();
  });

  it.each(['1969-12-31T23:59:59.999Z', '1970-01-01T00:00:00.000Z', '+010890-01-01T00:00:00.000Z'])(
    'refuses the time %s, which no id can hold',
    (wrong) => {
      const ids = createIds({ clock: createManualClock(wrong) });

      expect(() => ids.uuid()).toThrow(RangeError);
      expect(() => ids.ulid()).toThrow(RangeError);
    },
  );
});
