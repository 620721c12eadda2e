// Writes docs/errors.md from the catalogue: `node --conditions=@cnop/source tools/workspace/src/errors-page.ts`.
import { writeFileSync } from 'node:fs';
import { errorCatalogue } from '@cnop/exceptions';

const sections = Object.entries(errorCatalogue).map(
  ([code, { status, title, retryable, advice }]) =>
    `## ${code}\n\n${title} HTTP ${status}${retryable ? ', may be retried' : ''}.\n\n${advice}\n`,
);

writeFileSync(
  new URL('../../../docs/errors.md', import.meta.url),
  `# Errors\n\nEvery error has a \`code\`, \`details\` and \`retryable\`. Generated from the catalogue in \`@cnop/exceptions\`.\n\n${sections.join('\n')}`,
);
