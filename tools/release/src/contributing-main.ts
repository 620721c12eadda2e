// Runs the commands of CONTRIBUTING.md, the generators among them, as they are written there, in a throw-away clone, and sees what the
// generators refuse: `npm run contributing:rehearse`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandsOf } from './documented-commands.ts';
import { rehearse } from './rehearsal.ts';

/** What a generator must refuse, saying why and changing nothing; run once the commands of the page have run. */
const refused: readonly (readonly [command: string, why: RegExp])[] = [
  ['domain coupon', /There is a library entities-coupon already/],
  ['domain Coupon', /'name' does not match the schema/],
  ['domain class', /is reserved/],
  ['domain ../escape', /'name' does not match the schema/],
  ['entity price-alert --domain=inventory', /has the entity price alert already/],
  ['entity voucher --domain=nowhere', /There is no domain 'nowhere'/],
  ['entity voucher --domain=inventory --route=nowhere', /There is no app 'nowhere'/],
  ['entity voucher --domain=coupon --plural=Vouchers', /'plural' does not match the schema/],
];

await rehearse(async ({ clone, env, run, print }) => {
  const offline = { env: { ...env, npm_config_offline: 'true' } };
  /** Every change of the clone, contents included. */
  const changes = () => run('git add --all --intent-to-add && git diff | sha256sum && git status --porcelain');

  const before = await changes();
  const foretold = await run('npx nx g @cnop/tools:domain coupon --dry-run');
  if (!foretold.includes('libs/dao-coupon/src/coupon-dao.ts')) throw new Error(`A dry run foretells ${foretold}`);
  if ((await changes()) !== before) throw new Error('A dry run changes something.');
  print('A dry run changes nothing.');

  for (const command of commandsOf(readFileSync(join(clone, 'CONTRIBUTING.md'), 'utf8'))) {
    await run(command, offline);
    print(command);
  }

  const after = await changes();
  for (const [command, why] of refused) {
    const refusal: unknown = await run(`npx nx g @cnop/tools:${command}`, offline).catch((error: unknown) => error);
    if (!(refusal instanceof Error && why.test(refusal.message))) throw new Error(`\`${command}\`: ${String(refusal)}`);
    if ((await changes()) !== after) throw new Error(`\`${command}\` changes something, though it is refused.`);
  }
  print(`Refused, and nothing changed: ${refused.map(([command]) => command).join('; ')}.`);
});
