import { access, constants } from 'node:fs/promises';
import { chromium, type Browser } from 'playwright-core';

/** Where Debian's packages put it, the one without windows first. */
const places = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

/**
 * Starts the Chromium that `CHROMIUM_PATH` names, or Debian's, without windows.
 *
 * @throws an Error when there is none: `tools/ci/chromium.sh` installs it.
 */
export async function openBrowser(env: NodeJS.ProcessEnv = process.env): Promise<Browser> {
  const { CHROMIUM_PATH } = env;
  const executablePath = await firstExecutable(CHROMIUM_PATH === undefined ? places : [CHROMIUM_PATH]);

  // Chromium's own sandbox needs a user who is not root; it opens nothing but the local stack.
  return await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
}

async function firstExecutable(paths: readonly string[]): Promise<string> {
  for (const path of paths) {
    const found = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return path;
  }
  throw new Error(`There is no Chromium at ${paths.join(' or ')}; tools/ci/chromium.sh installs it.`);
}
