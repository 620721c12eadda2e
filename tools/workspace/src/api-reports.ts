// Writes down what each library makes public, by API Extractor, and refuses a change of it that is not written down: `npm run api`, which
// builds first; with `-- --write` it updates `libs/*/*.api.md`.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CompilerState, Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';

/** The workspace; a test names another. */
const root = process.env['CNOP_API_ROOT'] ?? fileURLToPath(new URL('../../../', import.meta.url));
const isWriting = process.argv.includes('--write');

/** What a consumer's compiler would be told. */
const compilerOptions = {
  target: 'es2023',
  lib: ['es2023'],
  module: 'nodenext',
  moduleResolution: 'nodenext',
  strict: true,
  skipLibCheck: true,
  types: ['node'],
};

/** One entry point of a library: `./table` is reported in table.api.md. */
function configOf(folder: string, path: string, declarations: string): ExtractorConfig {
  const entryPoint = join(folder, declarations);

  return ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(folder, 'package.json'),
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: entryPoint,
      newlineKind: 'lf',
      compiler: { overrideTsconfig: { compilerOptions, files: [entryPoint] } },
      apiReport: {
        enabled: true,
        reportFileName: `${path === '.' ? 'index' : path.slice(2).replaceAll('/', '-')}.api.md`,
        reportFolder: folder,
        reportTempFolder: join(root, 'tmp/api-reports', folder.slice(root.length)),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        extractorMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
  });
}

const configs = globSync('libs/*/package.json', { cwd: root })
  .sort()
  .flatMap((file) => {
    const { exports } = JSON.parse(readFileSync(join(root, file), 'utf8')) as {
      exports: Readonly<Record<string, string | { readonly types: string }>>;
    };
    return Object.entries(exports).flatMap(([path, target]) =>
      typeof target === 'string' ? [] : [configOf(join(root, dirname(file)), path, target.types)],
    );
  });
const [first, ...others] = configs;
if (first === undefined) throw new Error('There is no library.');
const compilerState = CompilerState.create(first, {
  additionalEntryPoints: others.map(({ mainEntryPointFilePath }) => mainEntryPointFilePath),
});

for (const config of configs) {
  const complaints: string[] = [];
  const { apiReportChanged, succeeded } = Extractor.invoke(config, {
    compilerState,
    localBuild: isWriting,
    messageCallback: (message) => {
      message.handled = true;
      if (message.logLevel === ExtractorLogLevel.Error) complaints.push(message.text);
    },
  });
  if (apiReportChanged && !isWriting) complaints.unshift('it is not what the sources export.');
  else if (!succeeded && !apiReportChanged) complaints.push('it could not be made.');

  const report = join(config.reportFolder, config.reportConfigs[0]?.fileName ?? '').slice(root.length);
  for (const complaint of complaints) process.stderr.write(`${report}: ${complaint}\n`);
  if (complaints.length > 0) process.exitCode = 1;
}
if (process.exitCode === 1) process.stderr.write('Read what has changed, then: npm run api -- --write\n');
process.stdout.write(`${configs.length} entry points\n`);
