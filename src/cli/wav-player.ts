/**
 * A player that writes a WAV file instead of playing: it takes every chunk as soon as it comes, in order, and puts the same
 * silence between sentences as the window's player.
 *
 * Bound: credit is granted ahead of what was written to disk, so the sound in memory stays under
 * {@link PLAYER_CREDIT_MS} whatever the length of the answer.
 */
import { msToSamples, samplesToMs } from '../common/audio.ts';
import type { Channel } from '../common/channel.ts';
import { PLAYER_CREDIT_MS, type PlayerCredit, type PlayerInput } from '../common/ports/player.ts';
import type { PcmChunk } from '../common/sentence.ts';
import { unreachable } from '../common/result.ts';
import type { WavWriter } from '../speech/wav.ts';

export class WavPlayer {
  /** Resolves when the turn's sound is written. */
  readonly finished: Promise<void>;
  /** Rejects when the sound cannot be written; never resolves. */
  readonly failed: Promise<never>;
  private readonly channel: Channel<PlayerCredit, PlayerInput>;
  private readonly writer: WavWriter;
  private readonly onChunk: (chunk: PcmChunk) => void;
  private writing: Promise<void> = Promise.resolve();
  private finish: () => void = () => undefined;
  private fail: (reason: unknown) => void = () => undefined;
  private writtenSamples = 0;
  private pauseMs = 0;
  private sentenceIndex = -1;

  constructor(
    channel: Channel<PlayerCredit, PlayerInput>,
    writer: WavWriter,
    onChunk: (chunk: PcmChunk) => void,
  ) {
    this.channel = channel;
    this.writer = writer;
    this.onChunk = onChunk;
    this.finished = new Promise((resolve) => (this.finish = resolve));
    this.failed = new Promise((_resolve, reject) => (this.fail = reject));
    // Whoever waits for it sees the failure; without anyone waiting it must not end the program.
    this.failed.catch(() => undefined);
    channel.onMessage((input) => this.handle(input));
  }

  /** Milliseconds of speech written, pauses not counted. */
  get audioMs(): number {
    return samplesToMs(this.writtenSamples);
  }

  private handle(input: PlayerInput): void {
    switch (input.type) {
      case 'turn.open':
        this.pauseMs = input.pauseMs;
        this.grant(input.turnId);
        return;
      case 'chunk':
        this.onChunk(input);
        this.queue(() => this.write(input));
        return;
      case 'turn.resay':
        // Nobody jumps about in a file: the command line never asks for it.
        return;
      case 'turn.finish':
      case 'turn.stop':
        this.queue(() => {
          this.finish();
          return Promise.resolve();
        });
        return;
      default:
        unreachable(input);
    }
  }

  private async write(chunk: PcmChunk): Promise<void> {
    if (this.sentenceIndex !== -1 && chunk.sentenceIndex !== this.sentenceIndex) {
      await this.writer.write(new Int16Array(msToSamples(this.pauseMs)));
    }
    this.sentenceIndex = chunk.sentenceIndex;
    await this.writer.write(chunk.pcm);
    this.writtenSamples += chunk.pcm.length;
    this.grant(chunk.turnId);
  }

  private grant(turnId: string): void {
    this.channel.send({ type: 'credit', turnId, upToMs: this.audioMs + PLAYER_CREDIT_MS });
  }

  private queue(work: () => Promise<void>): void {
    this.writing = this.writing.then(work).catch((reason: unknown) => this.fail(reason));
  }
}
