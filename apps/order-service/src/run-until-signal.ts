import { isDomainError, type DetailsOf } from '@cnop/exceptions';

/** Something that runs until it is stopped. */
export interface Stoppable {
  stop(): Promise<void>;
}

/**
 * Starts something, waits for SIGINT or SIGTERM and stops it; a signal that comes while it starts stops it once it has started. A
 * repeated signal changes nothing: npm passes on the SIGINT that the terminal has sent already.
 *
 * Never rejects. A failure is one line on standard error, without a stack trace, and exit code 1.
 */
export async function runUntilSignal(name: string, start: () => Promise<Stoppable>): Promise<void> {
  const signal = new Promise<void>((resolve) => {
    for (const signalName of ['SIGINT', 'SIGTERM']) {
      process.on(signalName, () => {
        resolve();
      });
    }
  });

  try {
    const started = await start();
    await signal;
    await started.stop();
  } catch (error) {
    process.stderr.write(`${name}: ${reasonOf(error)}\n`);
    process.exitCode = 1;
  }
}

function reasonOf(error: unknown): string {
  if (!isDomainError(error)) return error instanceof Error ? error.message : String(error);
  if (error.code !== 'CONFIGURATION_INVALID') return `${error.message} ${JSON.stringify(error.details)}`;

  const { setting, rule } = error.details as DetailsOf<'CONFIGURATION_INVALID'>;
  return `${setting} ${rule}`;
}
