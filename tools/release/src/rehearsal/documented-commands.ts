// What docs/releasing.md tells a team to run. The rehearsal runs each of them as it stands there, with its own registry in the place of
// the documented one; a test compares the two.

/** The registry of which docs/releasing.md speaks. */
export const documentedRegistry = 'https://npm.example.com/';

/** The commands, by what they are for. */
export const documentedCommands = {
  /** In the workspace: where the scope lives, and which variable has the token. */
  pointWorkspace:
    "printf '%s\\n' '@cnop:registry=https://npm.example.com/' '//npm.example.com/:_authToken=${CNOP_NPM_TOKEN}' >> .npmrc",
  commitSettings: "git commit -m 'build: publish to our registry' .npmrc",
  /** Whether the token is good. */
  whoAmI: 'npm whoami --registry=https://npm.example.com/',
  /** Which versions a release would make, and what their changelogs would say. */
  preview: 'npx nx release --dry-run --skip-publish',
  /** Versions, changelogs, one commit, a tag for each package, and the packages in the registry. */
  release: 'npx nx release --yes',
  push: 'git push --follow-tags origin HEAD',
  /** In a project that uses the libraries. */
  pointConsumer:
    "printf '%s\\n' 'registry=https://npm.example.com/' '//npm.example.com/:_authToken=${CNOP_NPM_TOKEN}' >> .npmrc",
  install: 'npm install @cnop/flow-order',
  update: 'npm update',
} as const;

/** A documented command for another registry. */
export function forRegistry(command: string, url: string): string {
  return command
    .replaceAll(documentedRegistry, url)
    .replaceAll(documentedRegistry.replace('https:', ''), url.replace(/^https?:/, ''));
}

/** The lines of shell in a document: those of its code blocks that are marked as `sh`. */
export function commandsOf(markdown: string): string[] {
  const blocks = [...markdown.matchAll(/^```sh\n(?<body>[^]*?)^```$/gm)].map((match) => match.groups?.['body'] ?? '');

  return blocks.flatMap((block) => block.split('\n').filter((line) => line !== ''));
}
