/**
 * What the speech process says of being alive. A run in this thread keeps it from saying anything, which is how main sees one
 * that hangs; a run in another thread does not, so that what takes longer than it may is told by silence here.
 */
import { ALIVE, IDLE_SILENCE_MS, type Alive } from '../common/ports/alive.ts';

export class Heartbeat {
  private alive = ALIVE;
  /** When the work under way is overdue, by the clock of `nowMs`. */
  private overdueAtMs = Infinity;

  /** Work begins that may take so long, ms, or it is done: 0. Returns the sign of life to give at once. */
  expect(withinMs: number, nowMs: number): Alive {
    this.alive = { type: 'alive', withinMs: Math.max(withinMs, IDLE_SILENCE_MS) };
    this.overdueAtMs = withinMs === 0 ? Infinity : nowMs + this.alive.withinMs;
    return this.alive;
  }

  /** The sign of life that is due now; none while work is overdue. */
  beat(nowMs: number): Alive | undefined {
    return nowMs < this.overdueAtMs ? this.alive : undefined;
  }
}
