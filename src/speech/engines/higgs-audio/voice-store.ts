/**
 * The voices that an engine has ready: each reference encoded once (kept on disk) and read once by the language model (kept
 * in memory, for the few voices used last). A voice whose files have changed is made anew.
 */
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { HiggsModel } from '../../../common/higgs-model.ts';
import { PHRASES } from '../../../common/strings/phrases.ts';
import { encodeRecording } from './codec-encoder.ts';
import type { CodeCache } from './code-cache.ts';
import type { Frame } from './delay-pattern.ts';
import type { GraphOptions } from './graph-session.ts';
import { emptyCache, type KvCache } from './kv-cache.ts';
import type { LanguageModel } from './language-model.ts';
import { buildPrompt, turnsFor, type Reference } from './prompt.ts';
import { prepareReference, readReferenceFiles, type ReferenceVoice } from './reference-audio.ts';
import { spokenText } from './spoken-text.ts';
import type { TextTokenizer } from './text-tokenizer.ts';

/** A voice ready to speak. */
export interface ReadyVoice {
  /** Undefined for the model's own voice. */
  readonly reference: Reference | undefined;
  /** What the language model has read before any sentence. */
  readonly prefix: KvCache;
}

export interface VoiceStoreParts {
  readonly folder: string;
  readonly model: HiggsModel;
  /** Stands for the encoder's weights in the keys of the cache. */
  readonly modelKey: string;
  readonly tokenizer: TextTokenizer;
  readonly languageModel: LanguageModel;
  readonly codes: CodeCache | undefined;
  readonly options: GraphOptions;
}

/** Voices kept in memory. A reference of 10 s is about 300 positions, on the real model 33 MB in float16. */
const MOST_VOICES = 3;

export class VoiceStore {
  private readonly parts: VoiceStoreParts;
  /** By signature; the one used last is last. */
  private readonly ready = new Map<string, ReadyVoice>();
  /** The signature that a recording had last, by its path. */
  private readonly lastSignatures = new Map<string, string>();

  constructor(parts: VoiceStoreParts) {
    this.parts = parts;
  }

  /** A voice, ready; undefined is the model's own. Throws what a bad reference deserves (see `reference-audio.ts`). */
  async voice(voice: ReferenceVoice | undefined): Promise<ReadyVoice> {
    const signature = voice === undefined ? '' : await this.signature(voice);
    const known = this.ready.get(signature);
    const ready = known ?? (await this.prepare(voice));
    this.ready.delete(signature);
    this.ready.set(signature, ready);
    for (const oldest of this.ready.keys()) {
      if (this.ready.size <= MOST_VOICES) break;
      this.ready.delete(oldest);
    }
    return ready;
  }

  /** A voice whose files were deleted while it speaks stays what it was: it is in memory, and the answer goes on. */
  private async signature(voice: ReferenceVoice): Promise<string> {
    const now = await signatureOf(voice);
    const last = this.lastSignatures.get(voice.path);
    if (now === undefined && last !== undefined && this.ready.has(last)) return last;
    const signature = now ?? PHRASES.reference.gone(voice.path);
    this.lastSignatures.set(voice.path, signature);
    return signature;
  }

  private async prepare(voice: ReferenceVoice | undefined): Promise<ReadyVoice> {
    const { model, tokenizer, languageModel } = this.parts;
    const reference = voice === undefined ? undefined : await this.reference(voice);
    // The text is no part of the prefix: any will do.
    const { prefix } = buildPrompt(turnsFor('', reference, model.prompt.system), model, tokenizer);
    const empty = emptyCache(model.arch);
    if (prefix.length === 0) return { reference, prefix: empty };
    return { reference, prefix: (await languageModel.run(prefix, empty)).cache };
  }

  private async reference(voice: ReferenceVoice): Promise<Reference> {
    const files = await readReferenceFiles(voice);
    const { modelKey, model, folder, codes, options } = this.parts;
    const key = createHash('sha256')
      .update(`${modelKey}\0`)
      .update(createHash('sha256').update(files.wav).digest())
      .update(createHash('sha256').update(files.transcript).digest())
      .digest('hex');
    const transcript = spokenText(files.transcript);
    const kept = await codes?.get(key);
    if (kept !== undefined) return { transcript, frames: kept };
    const recording = prepareReference(files, basename(voice.path), {
      sampleRate: model.sampleRate,
      hop: model.audio.hop,
    });
    const frames: Frame[] = await encodeRecording(recording, folder, model, options);
    await codes?.put(key, frames);
    return { transcript, frames };
  }
}

/** Changes when one of the voice's files does; undefined while one is not there. */
async function signatureOf({ path, transcriptPath }: ReferenceVoice): Promise<string | undefined> {
  const found = await Promise.all([path, transcriptPath].map((file) => stat(file).catch(() => undefined)));
  if (found.includes(undefined)) return undefined;
  return [path, ...found.map((facts) => `${facts?.size ?? 0}:${facts?.mtimeMs ?? 0}`)].join('|');
}
