/**
 * How long to wait for something that may never come. Armed while one waits, fed by each sign of life, disarmed while it
 * is the caller who is slow; when it runs out it calls back once. Held, it does not run, armed or not.
 */
export class Patience {
  private readonly onExpire: () => void;
  private timer: NodeJS.Timeout | undefined;
  private armed = false;
  private held = false;
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
    if (!this.armed) return;
    this.limit = limitMs;
    this.restart();
  }

  disarm(): void {
    clearTimeout(this.timer);
    this.armed = false;
  }

  /** Has it wait while what it waits for is made to wait itself; the whole wait begins anew afterwards. */
  hold(held: boolean): void {
    this.held = held;
    clearTimeout(this.timer);
    if (this.armed && !held) this.restart();
  }

  private restart(): void {
    clearTimeout(this.timer);
    if (this.ranOut) return;
    this.armed = true;
    if (this.held) return;
    this.timer = setTimeout(() => {
      this.armed = false;
      this.ranOut = true;
      this.onExpire();
    }, this.limit);
  }
}
