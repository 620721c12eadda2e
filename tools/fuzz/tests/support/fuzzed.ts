/** What one parser promises of hostile input, and the property that holds it to that. */
export interface Fuzzed {
  /** The parser's name, as it is exported. */
  readonly name: string;
  readonly promise: string;
  /** @throws when the promise is broken. */
  check(): void;
}
