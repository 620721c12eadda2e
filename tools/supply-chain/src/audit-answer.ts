/** What `npm audit --json` prints, as far as it is read here. */
export interface AuditAnswer {
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string; readonly fixAvailable?: unknown }>>;
  /** In place of the rest, when the registry gave no answer. */
  readonly message?: string;
}

/** What an audit came to. */
export type AuditVerdict =
  | { readonly kind: 'not offered'; readonly reason: string }
  | { readonly kind: 'audited'; readonly severe: readonly string[] };

/** Statuses by which a registry says that it has no such endpoint. */
const notOffered = /\b(404|405|501)\b/;

/**
 * Reads what npm printed: known vulnerabilities that are high or critical, or that this registry offers no audit.
 *
 * @throws an Error for any other failure: an audit that could not be made is not a clean one.
 */
export function readAudit(output: string): AuditVerdict {
  const answer = JSON.parse(output) as AuditAnswer;
  if (answer.vulnerabilities) {
    const severe = Object.entries(answer.vulnerabilities)
      .filter(([, { severity }]) => severity === 'high' || severity === 'critical')
      .map(([name, { severity }]) => `${name}: ${severity}`);
    return { kind: 'audited', severe };
  }

  const reason = answer.message ?? '';
  if (notOffered.test(reason)) return { kind: 'not offered', reason: reason.replace(/ - .*/s, '') };
  throw new Error(`The audit failed: ${reason}`);
}
