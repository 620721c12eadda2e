// `npm run load`: many clients at once on the route of orders, beside the bare SDK on the same kind of store.
import { parseArgs } from 'node:util';
import { measureBare } from './measure-bare.ts';
import { measureRoute } from './measure-route.ts';
import { loadReport } from './load-report.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    concurrency: { type: 'string', default: '50' },
    short: { type: 'boolean', default: false },
  },
});
const concurrency = Number(values.concurrency);
const seconds = values.short ? 5 : Number(values.seconds);
if (!(concurrency >= 1) || !(seconds >= 1)) throw new Error('--seconds and --concurrency are whole numbers from 1.');

process.stderr.write(`${concurrency} clients for ${seconds} s on POST /v1/orders, then as many on the bare SDK\n`);
const route = await measureRoute({ concurrency, seconds });
const bare = await measureBare({ concurrency, seconds });
const { text, problems } = loadReport(route, bare);

process.stdout.write(`${text}\n`);
for (const problem of problems) process.stderr.write(`load: ${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
