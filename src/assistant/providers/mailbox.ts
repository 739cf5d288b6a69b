/**
 * Hands values from callbacks to one reader that awaits them. Order is kept; {@link Mailbox.put} never blocks, so the
 * writer must be bounded by nature (an answer of the built-in model has at most 512 tokens).
 */
export class Mailbox<T> {
  private readonly values: T[] = [];
  private wake: (() => void) | undefined;

  put(value: T): void {
    this.values.push(value);
    this.wake?.();
  }

  /** The oldest value, once there is one. One reader at a time. */
  async take(): Promise<T> {
    for (;;) {
      const [value] = this.values.splice(0, 1);
      if (value !== undefined) return value;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }
}
