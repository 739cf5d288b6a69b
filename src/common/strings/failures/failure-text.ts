/** What is said of a failure. It holds no secret and no stack. */
export interface FailureText {
  /** One sentence in plain words, ending in a full stop. */
  readonly message: string;
  /** What the person can do, one sentence; left out when there is nothing to say. */
  readonly hint?: string;
}
