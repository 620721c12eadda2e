import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a manifest says of its entry points. */
interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, string | { readonly types: string }>>;
}

/** The only entry points whose declarations may name dynamodb-toolbox: what is declared with it, and what compiles such declarations. */
const toolboxEntries = new Set(['./table', './testing', './compile']);
const toolbox = 'dynamodb-toolbox';

/**
 * The declarations of libraries that name dynamodb-toolbox though a consumer compiles them without having asked for it: those that an
 * entry point reaches, through other libraries too. A sentence each, with the way there.
 *
 * @param folders - of built libraries.
 */
export function toolboxDeclarations(folders: readonly string[]): string[] {
  const libraries = new Map<string, Manifest & { readonly folder: string }>();
  for (const folder of folders) {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
    libraries.set(manifest.name, { ...manifest, folder });
  }

  /** The declaration that an import leads to; none outside the libraries. */
  const resolve = (file: string, specifier: string): string | undefined => {
    if (specifier.startsWith('.')) return join(dirname(file), specifier.replace(/\.[jt]s$/, '.d.ts'));
    const [, name = '', path = ''] = /^(@[^/]+\/[^/]+)(\/.+)?$/.exec(specifier) ?? [];
    const library = libraries.get(name);
    const entry = library?.exports[`.${path}`];

    return library && typeof entry === 'object' ? join(library.folder, entry.types) : undefined;
  };

  return [...libraries.values()].flatMap(({ name, folder, exports }) =>
    Object.entries(exports).flatMap(([path, entry]) =>
      typeof entry === 'string' || toolboxEntries.has(path)
        ? []
        : wayToToolbox(join(folder, entry.types), resolve).map((way) => `${name}${path.slice(1)}: ${way}`),
    ),
  );
}

/** The shortest way from a declaration to one that names the toolbox. */
function wayToToolbox(first: string, resolve: (file: string, specifier: string) => string | undefined): string[] {
  const seen = new Set([first]);
  const ways = [[first]];

  for (const way of ways) {
    const file = way.at(-1) ?? '';
    if (!existsSync(file)) return [`${way.join(' → ')} is not there: build first`];
    const text = readFileSync(file, 'utf8');
    for (const [, specifier = ''] of text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)) {
      if (specifier.startsWith(toolbox)) return [`${way.join(' → ')} names ${specifier}`];
      const next = resolve(file, specifier);
      if (next === undefined || seen.has(next)) continue;
      seen.add(next);
      ways.push([...way, next]);
    }
  }
  return [];
}
