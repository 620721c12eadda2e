import type { Upstream } from './registry-settings.ts';

/** Reads what `npm config get registry cafile` printed. */
export function parseUpstream(printed: string): Upstream {
  const settings = new Map(
    printed
      .trim()
      .split('\n')
      .map((line) => {
        const [name = '', ...value] = line.split('=');
        return [name, value.join('=')];
      }),
  );
  const registry = settings.get('registry') ?? '';
  const caFile = settings.get('cafile') ?? '';

  if (!URL.canParse(registry)) throw new Error(`npm names no registry, but "${registry}".`);
  return { registry, ...(!['', 'null', 'undefined'].includes(caFile) && { caFile }) };
}
