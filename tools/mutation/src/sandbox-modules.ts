import { existsSync, readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The TypeScript modules of one directory, of which this process can have several instances. */
export interface SandboxModules {
  /** Loads a module together with new instances of all modules of the tests. */
  importTest(file: string): Promise<unknown>;
  /** From now on the modules under test are new instances too. */
  renewSources(): void;
}

const ownPackage = /^@cnop\/([^/]+)(?:\/(.+))?$/;

/**
 * Makes Node load the workspace's packages from the sources in `directory`, whatever `node_modules` leads to, and each module of a
 * test anew for each import of {@link SandboxModules.importTest}. Modules outside are loaded once, as always.
 */
export function useSandboxModules(directory: string): SandboxModules {
  const stripped = new Map<string, string>();
  let testVersion = 0;
  let sourceVersion = 0;

  const pathIn = (url: string | undefined) => {
    const path = url?.startsWith('file:') ? fileURLToPath(url) : undefined;
    return path?.startsWith(`${directory}/`) && path.endsWith('.ts') ? path : undefined;
  };
  const versioned = (path: string) => {
    const version = path.includes('/tests/') ? `${sourceVersion}.${testVersion}` : `${sourceVersion}`;
    return `${pathToFileURL(path).href}?instance=${version}`;
  };

  registerHooks({
    resolve: (specifier, context, nextResolve) => {
      const isInside = pathIn(context.parentURL) !== undefined;
      const path = isInside && (packageSource(directory, specifier) ?? pathIn(nextResolve(specifier, context).url));

      return path ? { url: versioned(path), format: 'module', shortCircuit: true } : nextResolve(specifier, context);
    },
    load: (url, context, nextLoad) => {
      const path = pathIn(url);
      if (path === undefined) return nextLoad(url, context);

      const source = stripped.get(path) ?? stripTypeScriptTypes(readFileSync(path, 'utf8'));
      stripped.set(path, source);
      return { format: 'module', source, shortCircuit: true };
    },
  });

  return {
    importTest: async (file) => {
      testVersion += 1;
      return (await import(versioned(file))) as unknown;
    },
    renewSources: () => {
      sourceVersion += 1;
    },
  };
}

/** Where the source of one of the workspace's own packages lies: an entry point is a file, or the index file of a directory. */
function packageSource(directory: string, specifier: string): string | undefined {
  const [, name, entryPoint = 'index'] = ownPackage.exec(specifier) ?? [];
  if (name === undefined) return undefined;

  const path = join(directory, 'libs', name, 'src', entryPoint);
  return existsSync(`${path}.ts`) ? `${path}.ts` : join(path, 'index.ts');
}
