/**
 * On which execution provider an engine is loaded: the one that the person chose, unless it was given up since. It is given up
 * when speech says so, or when the speech process ended twice while the engine ran there: a driver that crashes takes the
 * process with it. Choosing another one or another CUDA folder, or a new start of the program, forgets that.
 */
import type { EpChoice } from '../common/engine.ts';
import type { EngineId } from '../common/voice.ts';

/** Ends of the speech process on one provider after which that is given up. */
const MOST_ENDS = 2;

export class EpMemory {
  private readonly wanted: (engine: EngineId) => EpChoice;
  private readonly givenUp = new Map<EngineId, EpChoice>();
  /** What runs, by its own report; undefined while nothing was loaded. */
  private runs: { readonly engine: EngineId; readonly ep: string } | undefined;
  private ends = 0;

  /** `wanted`: what the person chose, asked for each time. */
  constructor(wanted: (engine: EngineId) => EpChoice) {
    this.wanted = wanted;
  }

  /** What the next load of an engine is to take. */
  choice(engine: EngineId): EpChoice {
    const wanted = this.wanted(engine);
    return wanted === this.givenUp.get(engine) ? 'cpu' : wanted;
  }

  /** An engine was loaded. */
  loaded(engine: EngineId, ep: string): void {
    if (ep !== this.runs?.ep || engine !== this.runs.engine) this.ends = 0;
    this.runs = { engine, ep };
  }

  /** The engine failed too often where it runs; its next load is on the processor. */
  giveUp(engine: EngineId): void {
    this.givenUp.set(engine, this.wanted(engine));
  }

  /** The person chose anew, or has the voice started anew: all that was given up is tried again. */
  forget(): void {
    this.givenUp.clear();
    this.ends = 0;
  }

  /** The speech process ended unasked. True when that made the provider be given up now. */
  ended(): boolean {
    if (this.runs === undefined || this.runs.ep === 'cpu') return false;
    this.ends++;
    const { engine } = this.runs;
    if (this.ends < MOST_ENDS || this.choice(engine) === 'cpu') return false;
    this.giveUp(engine);
    return true;
  }
}
