import type { DomainError } from '@cnop/exceptions';

/**
 * A business rule: the error when the subject breaks it, nothing when it holds. Pure; it neither throws nor reads
 * anything else.
 */
export type Rule<TSubject> = (subject: TSubject) => DomainError | undefined;

/**
 * Makes one rule of several: the error of the first that is broken, in the order given; those after it are not asked.
 */
export function allOf<TSubject>(...rules: readonly Rule<TSubject>[]): Rule<TSubject> {
  return (subject) => firstBroken(subject, rules);
}

/** The error of the first rule that the subject breaks, in the order given, or `undefined` when all hold. */
export function firstBroken<TSubject>(subject: TSubject, rules: readonly Rule<TSubject>[]): DomainError | undefined {
  for (const rule of rules) {
    const error = rule(subject);
    if (error) {
      return error;
    }
  }
  return undefined;
}

/**
 * Refuses a subject that breaks a rule.
 *
 * @throws the {@link DomainError} of the first rule that is broken, in the order given.
 */
export function assertRules<TSubject>(subject: TSubject, rules: readonly Rule<TSubject>[]): void {
  const error = firstBroken(subject, rules);
  if (error) {
    throw error;
  }
}
