import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { outcomeOf, pricePaths, pricePathSvg } from '../../src/price-paths.ts';

const docs = join(__dirname, '../../../../docs');

describe(pricePathSvg, () => {
  it.each(pricePaths)('draws what is committed: $name', (path) => {
    expect(readFileSync(join(docs, 'images', `${path.name}.svg`), 'utf8')).toBe(pricePathSvg(path));
  });

  it.each(pricePaths)('is in the document, which tells its outcome: $name', (path) => {
    const page = readFileSync(join(docs, 'standing-orders.md'), 'utf8');
    const price = (Number(outcomeOf(path).at(-1)!.tick.priceMinor) / 100).toFixed(2);

    expect(page).toContain(`](images/${path.name}.svg)`);
    expect(page).toContain(`filled at ${price}`);
  });
});
