/**
 * The player's queue: sound of the current turn in, samples for the sound card out, credit back to speech.
 *
 * Contract. One thread (the audio thread) calls everything. `accept` and `stop` run between render quanta and may
 * allocate; `pull` runs inside one and never allocates, waits or throws. `pull` always fills all of `out`, with silence
 * where there is nothing to play. Chunks are played in the order of sentence and chunk, each once; what belongs to
 * another turn or to a stopped one is dropped. Bound: speech sends no further than {@link PlaybackQueue.creditUpToMs}, so
 * at most PLAYER_CREDIT_MS of sound are held. Speech that breaks off (stop, a new turn, an underrun) falls to silence
 * within RAMP_MS. While paused nothing is played and nothing is lost.
 */
import { msToSamples } from '../../common/audio.ts';
import { PLAYER_CREDIT_MS, type PlayerInput } from '../../common/ports/player.ts';
import { unreachable } from '../../common/result.ts';
import { RAMP_MS, TurnSound, rise } from './turn-sound.ts';

/** Stopped turns that are remembered, so that what is still on its way is refused. */
const REMEMBERED_STOPS = 16;

/** What changes a turn's sound; only the queue calls it. */
type TurnChange = 'append' | 'finish' | 'render' | 'hold' | 'goTo' | 'resay' | 'rampIn' | 'reopen';

/** See the contract at the top of this file. */
export class PlaybackQueue {
  private readonly sampleRate: number;
  private readonly stopped: string[] = [];
  private turn: TurnSound | undefined;
  private lastSample = 0;
  /** Speech that broke off and fades; it is mixed over whatever is played next. Read up to its end from `tailAt`. */
  private readonly tail: Float32Array;
  private tailAt: number;
  private readonly scratch: Float32Array;
  private paused = false;

  /** `sampleRate` is that of the samples it gives; a turn of another rate must not be opened here. */
  constructor(sampleRate: number) {
    this.sampleRate = sampleRate;
    this.tail = new Float32Array(msToSamples(RAMP_MS, sampleRate));
    this.tailAt = this.tail.length;
    this.scratch = new Float32Array(this.tail.length);
  }

  /** The turn being played, undefined when there is none. Its figures are for reading only. */
  get current(): Readonly<Omit<TurnSound, TurnChange>> | undefined {
    return this.turn;
  }

  /** Speech may send the turn's sound up to this many ms, from its `turn.open` on; 0 without a turn. Never shrinks. */
  get creditUpToMs(): number {
    return this.turn === undefined ? 0 : this.turn.takenMs - this.turn.reopenedAtMs + PLAYER_CREDIT_MS;
  }

  /** Takes a message of the speech process. */
  accept(message: PlayerInput): void {
    switch (message.type) {
      case 'turn.open':
        if (this.stopped.includes(message.turnId)) return;
        if (this.turn?.turnId === message.turnId) {
          this.turn.reopen(message);
          return;
        }
        this.breakOff();
        this.turn = new TurnSound(message, this.sampleRate);
        return;
      case 'chunk':
        if (message.turnId === this.turn?.turnId) this.turn.append(message);
        return;
      case 'turn.resay':
        if (message.turnId === this.turn?.turnId) this.turn.resay(message.from);
        return;
      case 'turn.finish':
        if (message.turnId === this.turn?.turnId) this.turn.finish();
        return;
      case 'turn.stop':
        this.stop(message.turnId);
        return;
      default:
        unreachable(message);
    }
  }

  /** Drops the turn and refuses what still comes of it, also when it is not open yet. */
  stop(turnId: string): void {
    if (!this.stopped.includes(turnId)) this.stopped.push(turnId);
    if (this.stopped.length > REMEMBERED_STOPS) this.stopped.shift();
    if (this.turn?.turnId === turnId) this.breakOff();
  }

  /** Silence until {@link PlaybackQueue.resume}, for this turn and those after it. */
  pause(): void {
    if (this.paused) return;
    this.fadeOut();
    this.paused = true;
  }

  /** Goes on where {@link PlaybackQueue.pause} stopped. */
  resume(): void {
    this.paused = false;
  }

  /**
   * Lets the turn's current sentence end and nothing after it begin, until speech says the rest anew. Returns the
   * sentence's index, -1 before the first; undefined when it is another turn.
   */
  hold(turnId: string): number | undefined {
    return this.turn?.turnId === turnId ? this.turn.hold() : undefined;
  }

  /**
   * Goes to a sentence of the turn at once. True when its sound is here; otherwise the queue is empty now and waits until
   * speech says it. Undefined when it is another turn.
   */
  goTo(turnId: string, sentenceIndex: number): boolean | undefined {
    if (this.turn?.turnId !== turnId) return undefined;
    if (!this.paused) this.fadeOut();
    return this.turn.goTo(sentenceIndex);
  }

  /** Fills `out` with the next samples, nominally -1 … 1. */
  pull(out: Float32Array): void {
    out.fill(0);
    const made = this.turn === undefined || this.paused ? 0 : this.turn.render(out);
    if (made > 0) this.lastSample = out[made - 1] ?? 0;
    this.mixTail(out, 0, made);
    if (made === out.length) return;
    if (this.lastSample !== 0) this.fadeInto(0);
    this.mixTail(out, made, out.length);
  }

  /** Ends the turn; the samples that it would have played next become the tail. */
  private breakOff(): void {
    if (!this.paused) this.fadeOut();
    this.turn = undefined;
  }

  /** What would be played next becomes the tail; what comes after it rises from silence. */
  private fadeOut(): void {
    const turn = this.turn;
    if (turn?.phase !== 'playing' && turn?.phase !== 'pause') return;
    this.scratch.fill(0);
    const made = turn.render(this.scratch);
    if (made > 0) this.lastSample = this.scratch[made - 1] ?? 0;
    this.fadeInto(made);
    turn.rampIn();
  }

  /**
   * Lays a fading tail over what is left of an older one: `made` samples of `scratch`, after them the last sample held.
   * So a ramp never takes a sample that is to be played later.
   */
  private fadeInto(made: number): void {
    const length = this.tail.length;
    for (let i = 0; i < length; i++) {
      const older = this.tail[this.tailAt + i] ?? 0;
      const source = i < made ? (this.scratch[i] ?? 0) : this.lastSample;
      this.tail[i] = older + source * rise(1 - (i + 0.5) / length);
    }
    this.tailAt = 0;
    this.lastSample = 0;
  }

  private mixTail(out: Float32Array, from: number, to: number): void {
    for (let i = from; i < to && this.tailAt < this.tail.length; i++) {
      out[i] = (out[i] ?? 0) + (this.tail[this.tailAt++] ?? 0);
    }
  }
}
