import type { LoginRecord } from '@cnop/entities-user/table';
import fc from 'fast-check';
import { loginPolicy, type LoginPolicy } from '../../../src/logins/login-policy.ts';
import { chargeAttempt, failAttempt, forgiveAttempt, noAttempts } from '../../../src/logins/login-throttle.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const start = Date.parse('2026-01-05T09:30:00.000Z');

/** A record that attempts are made against, at the times that the test says. */
function openRecord(given: Partial<LoginPolicy> = {}) {
  const policy = loginPolicy(given);
  let record: LoginRecord = noAttempts;

  return {
    policy,
    read: () => record,
    /** How long the attempt has to wait; 0 when it was made, and failed. */
    fail: (source: string, afterMs = 0, trusted = false): number => {
      const terms = { nowMs: start + afterMs, policy };
      const attempt = chargeAttempt(record, { source, trusted }, terms);
      if ('retryAfterMs' in attempt) return attempt.retryAfterMs;

      record = failAttempt(attempt.record, { source }, terms);
      return 0;
    },
    /** Begins an attempt that has not ended yet. */
    begin: (source: string, afterMs = 0): number => {
      const attempt = chargeAttempt(record, { source, trusted: false }, { nowMs: start + afterMs, policy });
      if ('retryAfterMs' in attempt) return attempt.retryAfterMs;

      record = attempt.record;
      return 0;
    },
    succeed: (source: string, afterMs = 0, trusted = false): number => {
      const terms = { nowMs: start + afterMs, policy };
      const attempt = chargeAttempt(record, { source, trusted }, terms);
      if ('retryAfterMs' in attempt) return attempt.retryAfterMs;

      record = forgiveAttempt(attempt.record, { source, trusted, asStranger: attempt.asStranger }, terms);
      return 0;
    },
  };
}

describe('attempts from one source', () => {
  it('are free five times, then wait for a second, and twice as long each time up to a quarter of an hour', () => {
    const { fail } = openRecord();
    const waits: number[] = [];
    let time = 0;

    for (let attempt = 0; attempt < 17; attempt += 1) {
      const wait = fail('home', time);
      waits.push(wait / second);
      time += wait;
      if (wait > 0) expect(fail('home', time)).toBe(0);
    }

    expect(waits).toEqual([0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
  });

  it('are not counted while they have to wait', () => {
    const { fail } = openRecord({ freeFailures: 1, baseDelayMs: minute });
    fail('home');

    const waits = [10, 20, 30, 59].map((seconds) => fail('home', seconds * second) / second);

    expect(waits).toEqual([50, 40, 30, 1]);
    expect(fail('home', minute)).toBe(0);
  });

  it('are forgotten after a day without any, and by one that succeeds', () => {
    const { fail, succeed } = openRecord({ freeFailures: 1, baseDelayMs: minute });
    fail('home');
    fail('home', minute);

    expect(fail('home', minute + 24 * hour - 1)).toBe(0);
    expect(fail('home', minute + 24 * hour)).toBeGreaterThan(0);
    expect(fail('home', minute + 48 * hour)).toBe(0);
    expect(succeed('home', 49 * hour)).toBe(0);
    expect(fail('home', 49 * hour)).toBe(0);
  });

  it('do not wait for a clock that is a little ahead of theirs', () => {
    const { fail } = openRecord();
    fail('home', second);

    expect(fail('home', 0)).toBe(0);
  });

  it('do not hold up another source', () => {
    const { fail, succeed } = openRecord();
    for (let attempt = 0; attempt < 10; attempt += 1) fail('stranger', attempt * second);

    expect(fail('stranger', 10 * second)).toBeGreaterThan(0);
    expect(succeed('home', 10 * second)).toBe(0);
  });
});

describe('attempts that are still being checked', () => {
  it('delay nobody, up to fifty at once', () => {
    const { begin, succeed, read } = openRecord();
    succeed('home');

    const waits = Array.from({ length: 51 }, () => begin('home', second));

    expect(waits).toEqual([...Array<number>(50).fill(0), second]);
    expect(read().sources).toMatchObject([{ failures: 0, checking: 50 }]);
  });

  it('make room again as they end, by success or by failure', () => {
    const { begin, succeed, fail, read } = openRecord({ maxChecking: 2, strangersBurst: 1_000 });
    begin('home');

    expect([fail('home'), fail('home'), begin('home'), begin('home')]).toEqual([0, 0, 0, second]);
    expect(read().sources).toMatchObject([{ failures: 2, checking: 2 }]);
    const { begin: next, succeed: right } = openRecord({ maxChecking: 2 });
    expect([next('home'), right('home'), next('home'), next('home'), next('home')]).toEqual([0, 0, 0, 0, second]);
    expect(succeed('home', second)).toBe(second);
  });

  it('count as failed when they have not ended after a minute', () => {
    const { begin, fail, read } = openRecord();
    for (let attempt = 0; attempt < 4; attempt += 1) begin('home');

    expect(fail('home', minute - 1)).toBe(0);
    expect(read().sources).toMatchObject([{ failures: 1, checking: 4 }]);
    expect(fail('home', 2 * minute - 1)).toBe(0);
    expect(read().sources).toMatchObject([{ failures: 6, checking: undefined }]);
    expect(fail('home', 2 * minute)).toBeGreaterThan(0);
  });
});

describe('attempts from many sources', () => {
  it('are together free fifty times, and then one in three minutes', () => {
    const { fail } = openRecord();

    const waits = Array.from({ length: 52 }, (_, index) => fail(`stranger-${index}`));

    expect(waits).toEqual([...Array<number>(50).fill(0), 3 * minute, 3 * minute]);
    expect(fail('one-more', 3 * minute - 1)).toBe(1);
    expect(fail('one-more', 3 * minute)).toBe(0);
    expect(fail('another', 3 * minute)).toBe(3 * minute);
  });

  it('do not hold up a source that the right password came from, nor a user with a session', () => {
    const { fail, succeed } = openRecord();
    succeed('home');
    for (let index = 0; index < 1_000; index += 1) fail(`stranger-${index}`, second + index);

    expect(fail('stranger-new', 3 * second)).toBeGreaterThan(0);
    expect(succeed('home', 3 * second)).toBe(0);
    expect(succeed('session', 3 * second, true)).toBe(0);
  });

  it('hold up no new source either, while no more than three keep guessing for a day', () => {
    const { fail, read, policy } = openRecord();
    let heldUp = 0;

    for (let time = 0; time < 24 * hour; time += second) {
      for (const stranger of ['a', 'b', 'c']) fail(stranger, time);
      const owner = chargeAttempt(read(), { source: 'new', trusted: false }, { nowMs: start + time, policy });
      if ('retryAfterMs' in owner) heldUp += 1;
    }

    expect(heldUp).toBe(0);
  });

  it('hold up a known source again when its time is over', () => {
    const { fail, succeed } = openRecord({ knownForMs: hour });
    succeed('home');
    for (let index = 0; index < 60; index += 1) fail(`stranger-${index}`, hour);

    expect(fail('home', hour)).toBeGreaterThan(0);
  });

  it('get back what one of them used up that succeeded', () => {
    const { fail, succeed } = openRecord({ strangersBurst: 1 });

    expect(succeed('home')).toBe(0);
    expect(fail('stranger')).toBe(0);
    expect(fail('stranger-2')).toBeGreaterThan(0);
  });

  it('of a known source do not use up what strangers have', () => {
    const { fail, succeed } = openRecord({ strangersBurst: 1 });
    succeed('home');
    for (let attempt = 0; attempt < 3; attempt += 1) fail('home', second);

    expect(fail('stranger', second)).toBe(0);
  });
});

describe('a record', () => {
  it('remembers a fixed number of sources, and none that it knows is pushed out by strangers', () => {
    const { fail, succeed, read, policy } = openRecord({ strangersBurst: 1_000 });
    for (let index = 0; index < 3; index += 1) succeed(`home-${index}`, index);
    for (let index = 0; index < 500; index += 1) fail(`stranger-${index}`, second + index);

    const { sources } = read();

    expect(sources).toHaveLength(3 + policy.maxStrangers);
    expect(sources.map(({ source }) => source)).toEqual(expect.arrayContaining(['home-0', 'home-1', 'home-2']));
  });

  it('keeps the known sources that were used last', () => {
    const { succeed, read } = openRecord({ maxKnown: 2 });
    for (const [index, source] of ['a', 'b', 'a', 'c'].entries()) succeed(source, index);

    expect(read().sources.map(({ source }) => source)).toEqual(['c', 'a']);
  });

  it('does not make a source known that only a session was used from', () => {
    const { succeed, read } = openRecord();
    succeed('session', 0, true);

    expect(read().sources).toEqual([expect.not.objectContaining({ knownUntil: expect.anything() as unknown })]);
  });
});

const anyAttempt = fc.record({
  source: fc.nat(40).map((index) => `s-${index}`),
  afterMs: fc.nat(10 * minute),
  right: fc.boolean(),
});

describe('whatever the attempts', () => {
  it('no more guesses are admitted than the policy says, however they are spread', () => {
    fc.assert(
      fc.property(fc.array(anyAttempt, { maxLength: 200 }), (attempts) => {
        const { fail, read, policy } = openRecord();
        let time = 0;
        let admitted = 0;

        for (const { source, afterMs } of attempts) {
          time += afterMs;
          if (fail(source, time) === 0) admitted += 1;
        }

        expect(admitted).toBeLessThanOrEqual(policy.strangersBurst + time / policy.strangersIntervalMs);
        expect(read().sources.length).toBeLessThanOrEqual(policy.maxStrangers);
      }),
    );
  });

  it('one that has to wait is admitted after just that time, if nobody else comes', () => {
    fc.assert(
      fc.property(fc.array(anyAttempt, { maxLength: 60 }), (attempts) => {
        const { fail, succeed } = openRecord();
        let time = 0;
        for (const { source, afterMs, right } of attempts) {
          time += afterMs;
          if (right) succeed(source, time);
          else fail(source, time);
        }

        const wait = fail('owner', time);

        expect(fail('owner', time + wait)).toBe(0);
      }),
    );
  });

  it('no wrong password of others ever makes a known source wait', () => {
    fc.assert(
      fc.property(fc.array(anyAttempt, { maxLength: 200 }), (attempts) => {
        const { fail, succeed } = openRecord();
        let time = 0;
        succeed('home');

        for (const { source, afterMs } of attempts) {
          time += afterMs;
          fail(source, time);
        }

        expect(succeed('home', time)).toBe(0);
      }),
    );
  });
});
