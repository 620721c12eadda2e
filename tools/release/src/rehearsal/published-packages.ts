import type { Registry } from './registry.ts';

/** A package as the registry has it. */
export interface PublishedPackage {
  readonly name: string;
  readonly version: string;
  /** Of the tarball, in bytes. */
  readonly size: number;
}

interface Packument {
  readonly 'dist-tags': { readonly latest: string };
  readonly versions: Readonly<Record<string, { readonly dist: { readonly tarball: string } }>>;
}

/** Asks the registry for the latest version of each package, and fetches its tarball. */
export async function publishedPackages(
  { url, token }: Pick<Registry, 'url' | 'token'>,
  names: readonly string[],
): Promise<PublishedPackage[]> {
  const get = async (address: string): Promise<Response> => {
    const response = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
    if (!response.ok) throw new Error(`The registry answers ${response.status} for ${new URL(address).pathname}.`);
    return response;
  };

  return Promise.all(
    names.map(async (name) => {
      const packument = (await (await get(`${url}${encodeURIComponent(name)}`)).json()) as Packument;
      const version = packument['dist-tags'].latest;
      const tarball = packument.versions[version]?.dist.tarball;
      if (tarball === undefined) throw new Error(`The registry has no tarball of ${name} ${version}.`);

      return { name, version, size: (await (await get(tarball)).arrayBuffer()).byteLength };
    }),
  );
}

/** A line for each package: name, version, size. */
export function packageLines(packages: readonly PublishedPackage[]): string[] {
  const nameWidth = Math.max(...packages.map(({ name }) => name.length));
  const versionWidth = Math.max(...packages.map(({ version }) => version.length));

  return packages.map(
    ({ name, version, size }) =>
      `  ${name.padEnd(nameWidth)}  ${version.padEnd(versionWidth)}  ${(size / 1_000).toFixed(1).padStart(7)} kB`,
  );
}
