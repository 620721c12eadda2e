import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type BackendStartOptions,
  dataPlace,
  type DynamoDbBackend,
  packageDirectory,
  type StartedBackend,
} from './backend.ts';
import { startDatabaseProcess } from './database-process.ts';

const START_TIMEOUT_MS = 60_000;

/** The embedded emulator: one binary from an optional npm package, ready in milliseconds, on the loopback interface. */
export const embeddedBackend: DynamoDbBackend = {
  name: 'embedded',

  whyUnavailable() {
    return Promise.resolve(
      binaryPath() === undefined ? `the npm package ${packageName()} is not installed` : undefined,
    );
  },

  async start(options: BackendStartOptions): Promise<StartedBackend> {
    const { dataDir, env } = options;
    if (dataDir !== undefined) await mkdir(dataDir, { recursive: true });
    const place = dataDir === undefined ? [] : ['--db-path', join(dataDir, 'dynoxide.db')];

    const { endpoint, stop } = await startDatabaseProcess({
      command: binaryPath() ?? 'dynoxide',
      args: (port) => ['serve', '--host', '127.0.0.1', '--port', String(port), ...place],
      env,
      timeoutMs: START_TIMEOUT_MS,
    });

    return { endpoint, description: `dynoxide, ${dataPlace(dataDir)}`, stop };
  },
};

function packageName(): string {
  return `@dynoxide/${process.platform}-${process.arch}`;
}

function binaryPath(): string | undefined {
  const directory = packageDirectory(packageName());
  const path = directory && join(directory, process.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide');

  return path !== undefined && existsSync(path) ? path : undefined;
}
