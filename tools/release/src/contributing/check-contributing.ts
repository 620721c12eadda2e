import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Surroundings } from '../in-temporary-folder.ts';
import { commandsOf } from '../rehearsal/documented-commands.ts';
import { isolatedEnvironment } from '../rehearsal/isolated-environment.ts';
import { CommandError, runCommand, type CommandOptions } from '../rehearsal/run-command.ts';
import { makeThrowAwayClone } from '../rehearsal/throw-away-clone.ts';

/** What a generator must refuse, saying why and changing nothing; run once the commands of the page have run. */
const refused: readonly (readonly [command: string, why: RegExp])[] = [
  ['npx nx g @cnop/tools:domain coupon', /There is a library entities-coupon already/],
  ['npx nx g @cnop/tools:domain Coupon', /cannot be the name of a domain/],
  ['npx nx g @cnop/tools:domain class', /is reserved/],
  ['npx nx g @cnop/tools:domain ../escape', /cannot be the name of a domain/],
  ['npx nx g @cnop/tools:entity price-alert --domain=inventory', /has the entity price alert already/],
  ['npx nx g @cnop/tools:entity voucher --domain=nowhere', /There is no domain 'nowhere'/],
  ['npx nx g @cnop/tools:entity voucher --domain=coupon --plural=voucher', /The plural of voucher is the same/],
  ['npx nx g @cnop/tools:entity trade --domain=coupon', /already exists.*rows\/trade-rows\.ts/],
];

/** What a dry run names among others. */
const foretold = [
  'libs/dao-coupon/src/coupon-dao.ts',
  'tools/fault-matrix/src/rows/coupon-rows.ts',
  'tools/fault-matrix/src/rows/matrix-rows.ts',
  'tools/fuzz/tests/support/entities/coupon-fuzz.ts',
];

/** How far a rehearsal goes. */
export interface ContributingOptions {
  /** Whether the check of everything is run too, which takes some minutes more. */
  readonly whole: boolean;
}

/**
 * Runs the commands of CONTRIBUTING.md, the generators among them, as they stand there, in a throw-away clone.
 *
 * @throws when one fails, or a generator does not refuse what it must.
 */
export async function checkContributing(
  { workspace, folder, signal, print }: Surroundings,
  { whole }: ContributingOptions,
): Promise<void> {
  for (const name of ['home', 'tmp']) await mkdir(join(folder, name), { recursive: true });
  const isolated = isolatedEnvironment(process.env, { folder, workspace, node: process.execPath });
  const env = { ...isolated, NX_DAEMON: 'false', CNOP_DYNAMODB: 'embedded', npm_config_offline: 'true' };
  const options = { env, signal, cwd: await makeThrowAwayClone({ workspace, folder, env, signal }) };
  const commands = commandsOf(await readFile(join(options.cwd, 'CONTRIBUTING.md'), 'utf8'));

  await checkDryRun(options);
  print('A dry run changes nothing.');
  for (const command of commands) {
    await runCommand(command, options);
    print(command);
  }
  if (whole) {
    // The clone has no main branch; what is affected is what the commands changed.
    await runCommand('npm run check', { ...options, env: { ...env, NX_BASE: 'HEAD' } });
    print('npm run check');
  }
  for (const [command, why] of refused) await checkRefusal(command, why, options);
  print(
    `Refused, and nothing changed: ${refused.map(([command]) => command.replace('npx nx g @cnop/tools:', '')).join('; ')}.`,
  );
}

async function checkDryRun(options: CommandOptions): Promise<void> {
  const printed = await runCommand('npx nx g @cnop/tools:domain coupon --dry-run', options);
  const untold = foretold.filter((path) => !printed.includes(path));
  if (untold.length > 0) throw new Error(`A dry run does not say that it would write ${untold.join(', ')}.`);
  const changed = await changesIn(options);
  if (changed !== '') throw new Error(`A dry run changes ${changed}`);
}

async function checkRefusal(command: string, why: RegExp, options: CommandOptions): Promise<void> {
  const before = await changesIn(options);
  const refusal = await runCommand(command, options).catch((error: unknown) => error);

  if (!(refusal instanceof CommandError) || !why.test(refusal.message)) {
    throw new Error(`\`${command}\` is not refused by ${String(why)}, but: ${String(refusal)}`);
  }
  if ((await changesIn(options)) !== before) throw new Error(`\`${command}\` changes something, though it is refused.`);
}

/** Every change of the clone, contents included. */
const changesIn = (options: CommandOptions): Promise<string> =>
  runCommand('git add --all --intent-to-add && git diff | sha256sum && git status --porcelain', options).then(
    (printed) => printed.replace(/^e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 .*\n/, ''),
  );
