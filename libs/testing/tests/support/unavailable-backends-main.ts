import { dockerBackend } from '../../src/backends/docker.ts';
import { embeddedBackend } from '../../src/backends/embedded.ts';
import { javaBackend } from '../../src/backends/java.ts';

// Prints why each backend cannot run here, as one JSON document, for tests that must know before they are declared.
const reasons: Record<string, string | undefined> = {};

for (const backend of [dockerBackend, embeddedBackend, javaBackend]) {
  reasons[backend.name] = await backend.whyUnavailable({ env: process.env });
}
process.stdout.write(JSON.stringify(reasons));
