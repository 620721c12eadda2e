// Draws the pictures of docs/standing-orders.md: `npm run docs`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { pricePaths, pricePathSvg } from './price-paths.ts';

const folder = new URL('../../../docs/images/', import.meta.url);

mkdirSync(folder, { recursive: true });
for (const path of pricePaths) writeFileSync(new URL(`${path.name}.svg`, folder), pricePathSvg(path));
