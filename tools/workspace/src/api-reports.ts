// Writes down what each library makes public, by API Extractor, and refuses a change of it that is not written down:
// `node tools/workspace/src/api-reports.ts`, after `nx run-many -t build`; `--write` updates `libs/*/*.api.md`.
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { CompilerState, Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { declarationsOf, type EntryPoint, type ExportingManifest } from './entry-points.ts';

/** The workspace; a test names another. */
const root = join(process.env['CNOP_API_ROOT'] ?? fileURLToPath(new URL('../../../', import.meta.url)), '/');
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

function configOf(name: string, { report, declarations }: EntryPoint): ExtractorConfig {
  const folder = join(root, 'libs', name);

  return ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(folder, 'package.json'),
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: join(folder, declarations),
      newlineKind: 'lf',
      compiler: { overrideTsconfig: { compilerOptions, files: [join(folder, declarations)] } },
      apiReport: {
        enabled: true,
        reportFileName: report,
        reportFolder: folder,
        reportTempFolder: join(root, 'tmp/api-reports', name),
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

/** Answers with what is wrong with the report of one entry point, as sentences. */
function check(config: ExtractorConfig, compilerState: CompilerState): string[] {
  const complaints: string[] = [];
  const { apiReportChanged, succeeded } = Extractor.invoke(config, {
    compilerState,
    localBuild: isWriting,
    messageCallback: (message) => {
      message.handled = true;
      if (message.logLevel === ExtractorLogLevel.Error) complaints.push(message.text);
    },
  });

  if (apiReportChanged && !isWriting) return [`it is not what the sources export.`];
  return succeeded || apiReportChanged ? complaints : [...complaints, 'it could not be made.'];
}

/** The file of a report, within the workspace. */
const reportOf = ({ reportConfigs: [report], reportFolder }: ExtractorConfig): string =>
  join(reportFolder, report?.fileName ?? '').slice(root.length);

async function configs(): Promise<ExtractorConfig[]> {
  const names = (await readdir(join(root, 'libs'))).sort();
  const manifests = await Promise.all(
    names.map(async (name): Promise<[string, ExportingManifest]> => {
      return [name, JSON.parse(await readFile(join(root, 'libs', name, 'package.json'), 'utf8')) as ExportingManifest];
    }),
  );

  return manifests.flatMap(([name, manifest]) => declarationsOf(manifest).map((entry) => configOf(name, entry)));
}

const [first, ...others] = await configs();
if (first === undefined) throw new Error('There is no library.');

const compilerState = CompilerState.create(first, {
  additionalEntryPoints: others.map(({ mainEntryPointFilePath }) => mainEntryPointFilePath),
});
for (const config of [first, ...others]) {
  for (const complaint of check(config, compilerState)) {
    process.stderr.write(`${reportOf(config)}: ${complaint}\n`);
    process.exitCode = 1;
  }
}
if (process.exitCode === 1) process.stderr.write('Read what has changed, then: npm run api -- --write\n');
process.stdout.write(`${others.length + 1} entry points\n`);
