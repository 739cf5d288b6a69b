/** Lets work through, or has it wait: one piece of work at a time, as a generation makes one token after the other. */
export class Gate {
  private held = false;
  private waiting: (() => void) | undefined;

  /** Does the work now, or as soon as the gate is not held any more. A newer piece takes the place of one that waits. */
  pass(work: () => void): void {
    if (this.held) this.waiting = work;
    else work();
  }

  hold(held: boolean): void {
    this.held = held;
    if (held) return;
    const work = this.waiting;
    this.waiting = undefined;
    work?.();
  }
}
