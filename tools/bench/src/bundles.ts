import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';

/** The functions of `handlers` that are bundled, the bare SDK's first. */
export const bundled = ['sdk-handler', 'order-handler'] as const;

/** Bundles one of the functions into `<name>.cjs` of the folder, as for AWS Lambda, and says what is in it. */
export async function bundleHandler(name: (typeof bundled)[number], folder: string): Promise<Metafile> {
  const { metafile } = await build({
    entryPoints: [join(import.meta.dirname, 'handlers', `${name}.ts`)],
    outfile: join(folder, `${name}.cjs`),
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    mainFields: ['module', 'main'],
    conditions: ['@cnop/source'],
    metafile: true,
    logLevel: 'error',
  });

  return metafile;
}
