/** What the page says of one error code. */
export interface DocumentedError {
  readonly status: number;
  readonly title: string;
  readonly retryable: boolean;
  readonly advice: string;
}

/** The page on the errors of a catalogue, as Markdown: a section for each code. */
export function errorsPageText(catalogue: Readonly<Record<string, DocumentedError>>): string {
  const sections = Object.entries(catalogue).map(
    ([code, { status, title, retryable, advice }]) =>
      `## ${code}\n\n${title} HTTP ${status}${retryable ? ', may be retried' : ''}.\n\n${advice}\n`,
  );
  const introduction =
    'Every error has a `code`, `details` and `retryable`. Generated from the catalogue in `@cnop/exceptions`.';

  return ['# Errors\n', `${introduction}\n`, ...sections].join('\n');
}
