import { execFileSync, spawn } from 'node:child_process';

/** The ids of all processes that were started by this one and still run. */
export function childProcessIds(parent = process.pid): number[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,comm='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, ppid, stat, comm]) => Number(ppid) === parent && stat?.startsWith('Z') === false && comm !== 'ps')
    .map(([pid]) => Number(pid));
}

/** Whether a process with this id runs; one that has ended but was not yet waited for does not. */
export function isRunning(pid: number): boolean {
  try {
    const stat = execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
    return !stat.trim().startsWith('Z');
  } catch {
    return false;
  }
}

/** Starts Node with a program text, and waits until it has printed something. */
export async function startNode(program: string) {
  const child = spawn(process.execPath, ['-e', `${program}; process.stdout.write('ready')`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });

  await new Promise((resolve) => child.stdout.once('data', resolve));
  return child;
}

/** A program that does nothing for a long time, and one that does not obey SIGTERM either. */
export const idle = 'setInterval(() => undefined, 1_000)';
export const stubborn = `process.on('SIGTERM', () => undefined); ${idle}`;
