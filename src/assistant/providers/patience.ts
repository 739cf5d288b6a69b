/**
 * How long to wait for something that may never come. Armed while one waits, fed by each sign of life, disarmed while it
 * is the caller who is slow; when it runs out it calls back once.
 */
export class Patience {
  private readonly onExpire: () => void;
  private timer: NodeJS.Timeout | undefined;
  private limit = 0;
  private ranOut = false;

  constructor(onExpire: () => void) {
    this.onExpire = onExpire;
  }

  /** Whether it ran out. */
  get expired(): boolean {
    return this.ranOut;
  }

  /** The wait that is, or was last, granted, ms. */
  get limitMs(): number {
    return this.limit;
  }

  /** Waits from now on, `limitMs` at most. */
  arm(limitMs: number): void {
    this.limit = limitMs;
    this.restart();
  }

  /** A sign of life: the wait begins anew, with `limitMs` if given. Does nothing while disarmed. */
  feed(limitMs = this.limit): void {
    if (this.timer === undefined) return;
    this.limit = limitMs;
    this.restart();
  }

  disarm(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private restart(): void {
    this.disarm();
    if (this.ranOut) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.ranOut = true;
      this.onExpire();
    }, this.limit);
  }
}
