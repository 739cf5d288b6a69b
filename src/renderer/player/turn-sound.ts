/**
 * The sound of one turn: chunks in, the samples of speech and pauses out.
 *
 * Contract. Audio thread only. `append` and `finish` run between render quanta and may allocate; `render` runs inside one
 * and never allocates, waits or throws. Each sample that was taken is given out once, in order, unchanged except in the
 * ramp at the start, after a dry spell and at the very end, and where a crossfade was asked for.
 */
import { msToSamples, samplesToMs } from '../../common/audio.ts';
import { PLAYER_CREDIT_MS, type PlayerInput } from '../../common/ports/player.ts';

/** Length of every ramp (start and end of speech, stop, underrun), ms. The design allows 10. */
export const RAMP_MS = 5;

/** A start buffer is never waited for beyond this: speech may not send further than its credit. */
const MAX_START_BUFFER_MS = PLAYER_CREDIT_MS * 0.75;

/** Full scale of 16-bit samples; a power of two, so that the division is exact. */
const FULL_SCALE = 32_768;

/** Smallest 16-bit sample that counts as audible: -60 dB of full scale. */
const AUDIBLE = 33;

/** Played slots that are kept before they are cut off the list. */
const MAX_PLAYED_SLOTS = 32;

const EMPTY = new Int16Array(0);

/** What a step gives when there is nothing to play. */
const DRY = -1;

export type TurnOpen = Extract<PlayerInput, { type: 'turn.open' }>;
export type ChunkMessage = Extract<PlayerInput, { type: 'chunk' }>;

/**
 * `buffering`: waits for the start buffer. `playing`: speech goes out. `pause`: silence between two sentences.
 * `drained`: all of the turn was played.
 */
export type TurnPhase = 'buffering' | 'playing' | 'pause' | 'drained';

/** A queued run of samples; `pcm` is let go as soon as it was played. */
interface Slot {
  readonly sentenceIndex: number;
  pcm: Int16Array;
}

/** The rising half of a raised cosine, for `x` from 0 to 1. */
export function rise(x: number): number {
  return 0.5 - 0.5 * Math.cos(Math.PI * x);
}

/** See the contract at the top of this file. */
export class TurnSound {
  readonly turnId: string;
  phase: TurnPhase = 'buffering';
  /** Chunks taken so far. */
  chunks = 0;
  /** How often it ran dry while more sound was still to come. */
  underruns = 0;
  /** The newest sentence of which a sample was played; -1 before the first. */
  sentenceIndex = -1;
  /** Samples of sentences that were dropped to be said anew; for the credit they count as played. */
  private dropped = 0;
  /** Sentences after this one wait until they come anew; undefined when none waits. */
  private holdAfter: number | undefined;
  /** Everything that comes is dropped until `resay` names the next sentence. */
  private awaitsResay = false;
  /** Where in the last `render` the first audible sample of the turn stands; -1 when it was in another one. */
  audibleOffset = -1;

  /** Sound of the turn before it was opened last, ms; 0 when it was opened once. */
  reopenedAtMs = 0;

  private readonly sampleRate: number;
  private startSamples: number;
  private readonly pauseSamples: number;
  private readonly crossfadeSamples: number;
  private readonly rampSamples: number;

  private readonly slots: Slot[] = [];
  private head = 0;
  private offset = 0;
  private queued = 0;
  private finished = false;
  private newestSentence = -1;
  private newestChunk = -1;
  /** Of every sentence up to this one all chunks are here. */
  private completeSentence = -1;

  private played = 0;
  private playedOfSentence = 0;
  /** The sentence being read; -1 between two of them. */
  private current = -1;
  private pauseLeft = 0;
  private rampedIn = 0;
  private fadeOutSamples = 0;
  private heardAnything = false;
  private isDry = false;

  /** A crossfade under way: its length (0 for none), samples done, and where the incoming sentence is read. */
  private crossLength = 0;
  private crossDone = 0;
  private crossHead = 0;
  private crossOffset = 0;

  constructor(open: TurnOpen, sampleRate: number) {
    this.turnId = open.turnId;
    this.sampleRate = sampleRate;
    this.startSamples = this.startSamplesOf(open);
    this.crossfadeSamples = msToSamples(open.crossfadeMs, sampleRate);
    this.pauseSamples = this.crossfadeSamples > 0 ? 0 : msToSamples(open.pauseMs, sampleRate);
    this.rampSamples = msToSamples(RAMP_MS, sampleRate);
  }

  /** Sound that is queued, ms; pauses are not counted. */
  get bufferMs(): number {
    return samplesToMs(this.queued, this.sampleRate);
  }

  /** Sound that was played, ms; pauses are not counted. */
  get heardMs(): number {
    return samplesToMs(this.played, this.sampleRate);
  }

  /** Sound that was played or dropped, ms: what the credit is counted from. */
  get takenMs(): number {
    return samplesToMs(this.played + this.dropped, this.sampleRate);
  }

  /** How much of {@link sentenceIndex} was played, ms. */
  get sentenceMs(): number {
    return samplesToMs(this.playedOfSentence, this.sampleRate);
  }

  /** Takes a chunk; one that comes twice, late or after {@link finish} is dropped. */
  append({ sentenceIndex, chunkIndex, pcm, last }: ChunkMessage): void {
    if (this.awaitsResay) this.dropped += pcm.length;
    if (this.awaitsResay || this.finished || !this.isNews(sentenceIndex, chunkIndex)) return;
    // A sentence that failed half-way has no last chunk: the next one's first chunk ends it.
    if (sentenceIndex > this.newestSentence) this.completeSentence = this.newestSentence;
    if (last) this.completeSentence = sentenceIndex;
    this.newestSentence = sentenceIndex;
    this.newestChunk = chunkIndex;
    this.chunks++;
    if (pcm.length === 0) return;
    if (this.isDry) this.underruns++;
    this.isDry = false;
    this.cutPlayedSlots();
    this.slots.push({ sentenceIndex, pcm });
    this.queued += pcm.length;
  }

  /**
   * Speech was started anew and goes on with the turn: what is whole plays on, a sentence that broke off is dropped and
   * comes again from its start. Speech counts what it sends, and so the credit, from here on; the start buffer is that of the
   * sentence that comes now.
   */
  reopen(open: TurnOpen): void {
    this.startSamples = this.startSamplesOf(open);
    const firstDropped = this.slots.findIndex(({ sentenceIndex }) => sentenceIndex > this.completeSentence);
    const dropped = firstDropped < 0 ? [] : this.slots.splice(Math.max(firstDropped, this.head));
    for (const { pcm } of dropped) this.queued -= pcm.length;
    if (this.slots.length <= this.head) {
      this.queued = 0;
      this.offset = 0;
    }
    if (this.current > this.completeSentence) {
      this.current = -1;
      this.crossLength = 0;
    }
    // Who waits for another sentence takes whatever comes: the request for it may be lost.
    if (this.awaitsResay) this.completeSentence = -1;
    this.newestSentence = this.completeSentence;
    this.newestChunk = -1;
    this.holdAfter = undefined;
    this.awaitsResay = false;
    this.finished = false;
    this.fadeOutSamples = 0;
    if (this.phase === 'drained') this.phase = 'buffering';
    this.reopenedAtMs = samplesToMs(this.played + this.dropped + this.queued, this.sampleRate);
  }

  /** Nothing more will come. */
  finish(): void {
    if (!this.awaitsResay) this.finished = true;
  }

  /** The next sample rises from silence: the sound was interrupted. */
  rampIn(): void {
    this.rampedIn = 0;
  }

  /** Lets the sentence that is being played end and nothing after it begin, until `resay`. Returns its index. */
  hold(): number {
    this.holdAfter = this.sentenceIndex;
    return this.sentenceIndex;
  }

  /**
   * Goes to sentence `index`. True when it is queued, so that it plays next; false when the queue was emptied and speech
   * must be asked for it. The caller has let what sounded fade.
   */
  goTo(index: number): boolean {
    const at = this.slots.findIndex((slot, i) => i >= this.head && slot.sentenceIndex >= index);
    const isQueued = index > this.sentenceIndex && this.slots[at]?.sentenceIndex === index;
    this.dropSlots(isQueued ? at : this.slots.length);
    this.current = -1;
    this.pauseLeft = 0;
    this.crossLength = 0;
    this.rampedIn = 0;
    this.fadeOutSamples = 0;
    this.phase = isQueued ? 'playing' : 'buffering';
    this.awaitsResay = !isQueued;
    return isQueued;
  }

  /** Sentences from `from` on are dropped; they come anew. */
  resay(from: number): void {
    const first = this.slots.findIndex((slot, i) => i >= this.head && slot.sentenceIndex >= from);
    if (first >= 0) this.dropTail(first);
    if (this.newestSentence >= from || this.awaitsResay) {
      this.newestSentence = from - 1;
      this.completeSentence = from - 1;
    }
    this.finished = false;
    this.fadeOutSamples = 0;
    this.holdAfter = undefined;
    this.awaitsResay = false;
    this.isDry = false;
    if (this.phase === 'drained') this.phase = 'buffering';
  }

  /**
   * Adds speech and pauses to `out`, which holds silence, and returns how many samples that made. Fewer than asked for
   * means that there is nothing more to play now: the turn is drained or fills its buffer again.
   */
  render(out: Float32Array): number {
    this.audibleOffset = -1;
    let at = 0;
    while (at < out.length) {
      const made = this.step(out, at);
      if (made === DRY) {
        this.runDry();
        break;
      }
      at += made;
    }
    return at;
  }

  private isNews(sentenceIndex: number, chunkIndex: number): boolean {
    if (sentenceIndex !== this.newestSentence) return sentenceIndex > this.newestSentence;
    return chunkIndex > this.newestChunk && sentenceIndex > this.completeSentence;
  }

  /** Drops what is queued before slot `end`, and the rest of a crossfade. */
  private dropSlots(end: number): void {
    const before = this.queued;
    this.queued = 0;
    for (const slot of this.slots.slice(end)) this.queued += slot.pcm.length;
    this.dropped += before - this.queued;
    this.slots.splice(0, end);
    this.head = 0;
    this.offset = 0;
  }

  private dropTail(first: number): void {
    let samples = 0;
    for (const slot of this.slots.splice(first)) samples += slot.pcm.length;
    this.queued -= samples;
    this.dropped += samples;
  }

  private cutPlayedSlots(): void {
    if (this.head < MAX_PLAYED_SLOTS) return;
    this.slots.splice(0, this.head);
    this.crossHead -= this.head;
    this.head = 0;
  }

  /** An underrun is counted only when sound follows it: silence after the last sentence is none. */
  private runDry(): void {
    if (this.holdAfter !== undefined || this.awaitsResay) {
      this.rampedIn = 0;
      return;
    }
    if (this.finished && this.queued === 0) {
      this.phase = 'drained';
    } else if (this.phase === 'playing' || this.phase === 'pause') {
      this.phase = 'buffering';
      this.rampedIn = 0;
      this.isDry = true;
    }
  }

  private startSamplesOf({ startBufferMs }: TurnOpen): number {
    return msToSamples(Math.min(startBufferMs, MAX_START_BUFFER_MS), this.sampleRate);
  }

  /** One step of the state machine: samples made (0 for a change of state alone) or DRY. */
  private step(out: Float32Array, at: number): number {
    switch (this.phase) {
      case 'buffering':
        if (this.awaitsResay || this.queued === 0 || !(this.finished || this.queued >= this.startSamples))
          return DRY;
        this.phase = 'playing';
        return 0;
      case 'playing':
        return this.crossLength > 0 ? this.stepCrossfade(out, at) : this.stepSpeech(out, at);
      case 'pause':
        return this.stepPause(out.length - at);
      case 'drained':
        return DRY;
    }
  }

  private stepPause(space: number): number {
    if (this.finished && this.queued === 0) return DRY;
    const run = Math.min(space, this.pauseLeft);
    this.pauseLeft -= run;
    if (this.pauseLeft === 0) this.phase = 'playing';
    return run;
  }

  private stepSpeech(out: Float32Array, at: number): number {
    const slot = this.slots[this.head];
    if (slot !== undefined && this.isHeld(slot.sentenceIndex))
      return this.current >= 0 ? this.leaveSentence() : DRY;
    if (slot === undefined) return this.waitsForNextSentence() ? this.leaveSentence() : DRY;
    if (slot.sentenceIndex !== this.current) {
      if (this.current >= 0) return this.leaveSentence();
      this.enterSentence(slot.sentenceIndex);
    }
    const room = Math.min(out.length - at, slot.pcm.length - this.offset);
    if (this.crossfadeSamples === 0) return this.play(slot.pcm, room, out, at);
    const run = Math.min(room, this.untilCrossfade());
    return run === 0 ? 0 : this.play(slot.pcm, run, out, at);
  }

  private isHeld(sentenceIndex: number): boolean {
    return this.holdAfter !== undefined && sentenceIndex > this.holdAfter;
  }

  /** The pause after a sentence begins when the sentence ends, whether or not the next one is here. */
  private waitsForNextSentence(): boolean {
    return (
      !this.finished && this.pauseSamples > 0 && this.current >= 0 && this.completeSentence >= this.current
    );
  }

  private leaveSentence(): number {
    this.current = -1;
    if (this.pauseSamples > 0) {
      this.pauseLeft = this.pauseSamples;
      this.phase = 'pause';
    }
    return 0;
  }

  private enterSentence(index: number): void {
    this.current = index;
    this.sentenceIndex = index;
    this.playedOfSentence = 0;
  }

  private play(pcm: Int16Array, run: number, out: Float32Array, at: number): number {
    const fadeOut = this.fadeOutLength();
    for (let i = 0; i < run; i++) {
      const sample = pcm[this.offset + i] ?? 0;
      const left = this.queued - i;
      const fall = left < fadeOut ? rise((left - 0.5) / fadeOut) : 1;
      this.write(out, at + i, sample / FULL_SCALE, fall);
      if (!this.heardAnything) this.noteAudible(sample, at + i);
    }
    this.queued -= run;
    this.played += run;
    this.playedOfSentence += run;
    this.offset += run;
    if (this.offset === pcm.length) this.nextSlot();
    return run;
  }

  private nextSlot(): void {
    this.release(this.head);
    this.head++;
    this.offset = 0;
  }

  private release(index: number): void {
    const slot = this.slots[index];
    if (slot !== undefined) slot.pcm = EMPTY;
  }

  private write(out: Float32Array, at: number, value: number, gain: number): void {
    let level = gain;
    if (this.rampedIn < this.rampSamples) level *= rise((this.rampedIn++ + 0.5) / this.rampSamples);
    out[at] = value * level;
  }

  private noteAudible(sample: number, at: number): void {
    if (sample < AUDIBLE && sample > -AUDIBLE) return;
    this.heardAnything = true;
    this.audibleOffset = at;
  }

  /** Samples at the very end that fade; 0 while it is not known that the sentence being played is the last. */
  private fadeOutLength(): number {
    if (this.fadeOutSamples === 0 && this.finished && this.slots.at(-1)?.sentenceIndex === this.current) {
      this.fadeOutSamples = Math.min(this.rampSamples, this.queued);
    }
    return this.fadeOutSamples;
  }

  /**
   * Samples to play before the crossfade into the next sentence begins; 0 when it was just begun. When the next sentence
   * is not here yet it is Infinity: the sentence is played to its end, and nothing of either is lost.
   */
  private untilCrossfade(): number {
    if (this.completeSentence < this.current) return Infinity;
    let next = this.head;
    let left = -this.offset;
    while (this.slots[next]?.sentenceIndex === this.current) left += this.slots[next++]?.pcm.length ?? 0;
    const incoming = this.slots[next]?.sentenceIndex;
    if (incoming === undefined || this.isHeld(incoming)) return Infinity;
    let available = 0;
    for (let i = next; this.slots[i]?.sentenceIndex === incoming; i++)
      available += this.slots[i]?.pcm.length ?? 0;
    const isWhole = this.finished || this.completeSentence >= incoming;
    const span = isWhole ? Math.min(this.crossfadeSamples, available) : this.crossfadeSamples;
    if (left > span) return left - span;
    if (available < left) return Infinity;
    this.crossLength = left;
    this.crossDone = 0;
    this.crossHead = next;
    this.crossOffset = 0;
    this.enterSentence(incoming);
    return 0;
  }

  /** Equal power: the gains are a quarter of a sine and of a cosine, so their squares add up to 1. */
  private stepCrossfade(out: Float32Array, at: number): number {
    const run = Math.min(out.length - at, this.crossLength - this.crossDone);
    for (let i = 0; i < run; i++) {
      const angle = ((this.crossDone + 0.5) / this.crossLength) * (Math.PI / 2);
      const leaving = this.slots[this.head]?.pcm[this.offset] ?? 0;
      const incoming = this.slots[this.crossHead]?.pcm[this.crossOffset] ?? 0;
      const mixed = leaving * Math.cos(angle) + incoming * Math.sin(angle);
      this.write(out, at + i, mixed / FULL_SCALE, 1);
      if (!this.heardAnything) this.noteAudible(mixed, at + i);
      this.crossDone++;
      if (++this.offset === this.slots[this.head]?.pcm.length) this.nextSlot();
      if (++this.crossOffset === this.slots[this.crossHead]?.pcm.length) {
        this.release(this.crossHead++);
        this.crossOffset = 0;
      }
    }
    this.queued -= 2 * run;
    this.played += 2 * run;
    this.playedOfSentence += run;
    if (this.crossDone === this.crossLength) this.endCrossfade();
    return run;
  }

  private endCrossfade(): void {
    this.head = this.crossHead;
    this.offset = this.crossOffset;
    this.crossLength = 0;
  }
}
