/**
 * The way to the player: sound goes out in chunks of at most {@link CHUNK_MS}, only as far as the player's credit allows.
 * A chunk waits here, and with it the engine, until there is a player and credit, or the turn is stopped. What is stopped
 * is never sent.
 */
import { msToSamples, SAMPLE_RATE } from '../common/audio.ts';
import type { Channel } from '../common/channel.ts';
import type { PlayerCredit, PlayerInput } from '../common/ports/player.ts';
import type { Delivery, SpeechTurn } from './speech-turn.ts';

/** The longest chunk, ms: a first sound does not wait for a long message, and a stop has little on the way. */
export const CHUNK_MS = 200;

export class PlayerLink {
  private readonly onWait: (turn: SpeechTurn) => void;
  private channel: Channel<PlayerInput, PlayerCredit> | undefined;

  /** `onWait` hears of a turn whose next sound waits, because the player is full or there is none. */
  constructor(onWait: (turn: SpeechTurn) => void = () => undefined) {
    this.onWait = onWait;
  }

  /** Takes a new player in place of the one before. A running turn goes on there with what was not sent yet. */
  connect(channel: Channel<PlayerInput, PlayerCredit>, currentTurn: () => SpeechTurn | undefined): void {
    this.channel?.close();
    this.channel = channel;
    currentTurn()?.forgetPlayer();
    channel.onMessage((credit) => {
      const turn = currentTurn();
      if (this.channel === channel && turn?.turnId === credit.turnId) turn.grant(credit.upToMs);
    });
    channel.onClose(() => {
      if (this.channel !== channel) return;
      this.channel = undefined;
      currentTurn()?.forgetPlayer();
    });
  }

  close(): void {
    this.channel?.close();
    this.channel = undefined;
  }

  /**
   * Sends a run of a sentence's samples. The player hears of the turn just before its first sound: only then is it known
   * how fast the engine is and what comes next, so `startBufferMs` is asked for as late.
   */
  async deliver(
    turn: SpeechTurn,
    delivery: Delivery,
    pcm: Int16Array,
    startBufferMs: () => number,
  ): Promise<void> {
    const longest = msToSamples(CHUNK_MS);
    for (let start = 0; start < pcm.length; start += longest) {
      await this.accepting(turn, startBufferMs, delivery.signal);
      if (delivery.signal.aborted) return;
      // A copy: a view would take the whole run along in every message.
      this.sendChunk(turn, delivery, pcm.slice(start, start + longest), false);
    }
  }

  /** Ends a sentence by an empty last chunk, so that no sound is held back to learn whether it is the last. */
  endSentence(turn: SpeechTurn, delivery: Delivery): void {
    // Of a sentence without sound the player never hears.
    if (delivery.chunks > 0 && !delivery.signal.aborted)
      this.sendChunk(turn, delivery, new Int16Array(0), true);
  }

  /** Tells the player that nothing more comes; one that heard of no sound hears at least of the turn. */
  async finishTurn(turn: SpeechTurn, startBufferMs: () => number): Promise<void> {
    await this.openTurn(turn, startBufferMs);
    if (!turn.stopped && turn.finishing) this.channel?.send({ type: 'turn.finish', turnId: turn.turnId });
  }

  /** Has the player drop the sentences from index `from` on, which will come anew. */
  resayTurn(turn: SpeechTurn, from: number): void {
    if (turn.opened) this.channel?.send({ type: 'turn.resay', turnId: turn.turnId, from });
  }

  /** Has the player drop what it still holds of a turn. */
  stopTurn(turn: SpeechTurn): void {
    if (turn.opened) this.channel?.send({ type: 'turn.stop', turnId: turn.turnId });
  }

  /**
   * Resolves when the player accepts more of the turn's sound, or `signal` (the sentence's, or the turn's) aborts. A player
   * that does not know the turn, because it is new or the turn is, hears of it first.
   */
  async accepting(turn: SpeechTurn, startBufferMs: () => number, signal = turn.signal): Promise<void> {
    await this.openTurn(turn, startBufferMs);
    while (!signal.aborted && !turn.hasCredit) {
      if (turn.hasSounded) this.onWait(turn);
      await turn.change();
      await this.openTurn(turn, startBufferMs);
    }
  }

  private async openTurn(turn: SpeechTurn, startBufferMs: () => number): Promise<void> {
    while (!turn.stopped && !turn.opened) {
      if (this.channel === undefined) {
        this.onWait(turn);
        await turn.change();
      } else this.sendOpen(this.channel, turn, startBufferMs());
    }
  }

  private sendOpen(
    channel: Channel<PlayerInput, PlayerCredit>,
    turn: SpeechTurn,
    startBufferMs: number,
  ): void {
    const { turnId, pauseMs, crossfadeMs } = turn.settings;
    turn.opened = true;
    channel.send({ type: 'turn.open', turnId, sampleRate: SAMPLE_RATE, startBufferMs, pauseMs, crossfadeMs });
  }

  private sendChunk(turn: SpeechTurn, delivery: Delivery, pcm: Int16Array, last: boolean): void {
    const { turnId } = turn;
    this.channel?.send({
      type: 'chunk',
      turnId,
      sentenceIndex: delivery.index,
      chunkIndex: delivery.chunks++,
      pcm,
      last,
    });
    delivery.samples += pcm.length;
    turn.countSent(pcm.length);
  }
}
