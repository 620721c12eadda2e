import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import type { Clock } from '@cnop/utils';
import type { Violation } from '../judge/violation.ts';
import type { RandomSource } from '../random-source.ts';
import type { ToldTime, WorkerStart } from './worker.ts';

export interface CrewOptions {
  readonly size: number;
  /** The program of a worker. */
  readonly program: URL;
  readonly connection: WorkerStart['connection'];
  readonly clock: Clock;
  readonly random: RandomSource;
}

/** Workers, each a process of its own, that are killed at random; another one takes the place of each. */
export interface Crew {
  /** Resolves once that many have been killed in all. */
  died(count: number): Promise<void>;
  /** Tells all what time it is. */
  tellTime(): void;
  /** From now on none is killed. */
  spare(): void;
  end(): Promise<void>;
  /** How many have been killed. */
  readonly deaths: () => number;
  /** Workers that ended by themselves. */
  readonly violations: readonly Violation[];
}

/** A worker is killed about when it sends a request whose number is drawn, at most this one. */
const requestsAtMost = 200;
/** A write counts for more of them: most lives end among writes. */
const requestsOfAWrite = 10;
const isWrite = (target: string) => /TransactWriteItems|PutItem|UpdateItem/.test(target);

/** Starts a crew. */
export function startCrew({ size, program, connection, clock, random }: CrewOptions): Crew {
  const violations: Violation[] = [];
  const alive = new Set<ChildProcess>();
  const news = new EventEmitter();
  let deaths = 0;
  let isSpared = false;
  let isOver = false;
  const tell = (): ToldTime => ({ marketMs: clock.now().getTime(), machineMs: Date.now() });
  let time = tell();

  const start = () => {
    const given: WorkerStart = { connection, time };
    const child = fork(program, [JSON.stringify(given)], { execArgv: ['--conditions=@cnop/source', '--no-warnings'] });
    let requestsLeft = 1 + random.below(requestsAtMost);
    alive.add(child);
    child.on('message', (target: string) => {
      requestsLeft -= isWrite(target) ? requestsOfAWrite : 1;
      if (requestsLeft <= 0 && !isSpared) child.kill('SIGKILL');
    });
    child.once('exit', (code, signal) => {
      alive.delete(child);
      deaths += 1;
      if (signal !== 'SIGKILL') violations.push({ rule: 'unexpected outcome', detail: `a worker ended with ${code}` });
      if (!isOver) start();
      news.emit('death');
    });
  };
  for (let started = 0; started < size; started += 1) start();

  return {
    died: async (count) => {
      while (deaths < count) await once(news, 'death');
    },
    tellTime: () => {
      time = tell();
      // One that has just been killed cannot be told.
      for (const child of alive) child.send(time, () => undefined);
    },
    spare: () => {
      isSpared = true;
    },
    end: async () => {
      isOver = true;
      for (const child of alive) child.kill('SIGKILL');
      while (alive.size > 0) await once(news, 'death');
    },
    deaths: () => deaths,
    violations,
  };
}
