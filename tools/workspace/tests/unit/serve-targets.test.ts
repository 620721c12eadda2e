import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const apps = join(__dirname, '../../../../apps');

interface Package {
  readonly nx?: { readonly targets?: { readonly serve?: { readonly continuous?: boolean } } };
}

describe('nx serve', () => {
  // Nx reports success for a continuous target whatever its command exits with.
  it.each(readdirSync(apps))('of %s fails when the service fails to start', (app) => {
    const { nx } = JSON.parse(readFileSync(join(apps, app, 'package.json'), 'utf8')) as Package;

    expect(nx?.targets?.serve).toBeDefined();
    expect(nx?.targets?.serve).not.toHaveProperty('continuous', true);
  });
});
