/**
 * Higgs Audio v2 behind the {@link TtsEngine} interface: a prompt with the voice's reference, codes from the language model
 * frame by frame, sound from the codec while they still come. The same words in the same voice sound the same again.
 */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { env } from 'onnxruntime-node';
import { floatToPcm16 } from '../../../common/audio.ts';
import type { HiggsModel, SamplingSettings } from '../../../common/higgs-model.ts';
import { fail } from '../../../common/result.ts';
import { FAILURES } from '../../../common/strings/failures.ts';
import type { VoiceSource } from '../../../common/voice.ts';
import type { EngineChunk, SynthesisRequest, TtsEngine } from '../../engine.ts';
import { yieldToMessages } from '../../event-loop.ts';
import { openCodeCache } from './code-cache.ts';
import { CodecStream } from './codec-decoder.ts';
import { generateFrames } from './generate.ts';
import { measureRtf } from './measure.ts';
import { openModel, type OpenModel } from './open-model.ts';
import { buildPrompt, turnsFor } from './prompt.ts';
import { never, seededNoise, seedOf } from './random.ts';
import type { ReferenceVoice } from './reference-audio.ts';
import { splitText } from './split-text.ts';
import { isSayable, spokenText } from './spoken-text.ts';
import { VoiceStore } from './voice-store.ts';

export interface HiggsOptions {
  /** Threads of one run; left out, all cores up to eight. */
  readonly threads?: number;
}

/** Sound of one character of English, s: read at 14 characters a second. */
const CHARACTER_S = 0.07;

/** A model that misses its end mark rambles on: an utterance is cut off at three times its usual length and 3 s. */
const LONGEST_RATIO = 3;
const LONGEST_EXTRA_S = 3;

/** A part of a long text may fill so much of the model's longest utterance, by its usual length. */
const FILL = 0.6;

/** What `load` opened. */
interface Loaded {
  readonly open: OpenModel;
  readonly voices: VoiceStore;
}

/** Makes an engine that is not yet loaded. */
export function createHiggsEngine(options: HiggsOptions = {}): TtsEngine {
  const threads = options.threads ?? Math.max(1, Math.min(8, availableParallelism()));
  let loaded: Loaded | undefined;

  const loadedOrFail = (): Loaded => loaded ?? fail('model-missing', 'speech', FAILURES.higgs.notLoaded);

  return {
    async load({ modelFolder, cacheFolder, ep: choice = 'auto', epObstacles }) {
      const open = await openModel(modelFolder, { threads, choice, cacheFolder, epObstacles });
      const { model } = open;
      let measuredRtf: number;
      try {
        measuredRtf = await measureRtf(open, open.decoder);
      } catch (thrown) {
        await open.dispose();
        throw thrown;
      }
      const codes =
        cacheFolder === undefined ? undefined : openCodeCache(join(cacheFolder, 'higgs-audio'), model.audio);
      loaded = { open, voices: new VoiceStore({ ...open, modelKey: open.key, codes }) };
      return {
        id: 'higgs-audio',
        label: `Higgs Audio v2 (${model.name})`,
        sampleRate: model.sampleRate,
        ep: open.ep.ep,
        threads,
        maxTokens: model.limits.maxPositions,
        onnxruntimeVersion: env.versions.node ?? env.versions.common,
        measuredRtf,
        epReport: open.ep.report,
      };
    },

    async prepareVoice(voice) {
      await loadedOrFail().voices.voice(referenceOf(voice));
    },

    async *synthesize({ spoken, voice, speed }: SynthesisRequest, signal): AsyncGenerator<EngineChunk> {
      const { open, voices } = loadedOrFail();
      if (speed !== 1) fail('request-invalid', 'speech', FAILURES.higgs.ownPace);
      const reference = referenceOf(voice);
      const parts = splitText(spokenText(spoken), mostCharacters(open.model)).filter(isSayable);
      for (const text of parts) {
        if (signal.aborted) return;
        const ready = await voices.voice(reference);
        const { rest } = buildPrompt(
          turnsFor(text, ready.reference, open.model.prompt.system),
          open.model,
          open.tokenizer,
        );
        checkRoom(open.model, ready.prefix.length + rest.length, voice);
        const noise = seededNoise(seedOf(open.model.name, voice.kind === 'own' ? '' : voice.id, text));
        const frames = generateFrames(open, {
          prompt: rest,
          prefix: ready.prefix,
          sampling: samplingFor(text, open.model),
          // A begin mark in mid-utterance is no sound: it is never drawn.
          noise: never(open.model.audio.bos, noise),
          signal,
        });
        const stream = new CodecStream(open.decoder, open.model.stream);
        for await (const some of frames) yield* chunks(stream.push(some), signal);
        yield* chunks(stream.end(), signal);
      }
    },

    async dispose() {
      const open = loaded?.open;
      loaded = undefined;
      await open?.dispose();
    },
  };
}

/** The reference to clone; undefined for the model's own voice. Throws `voice-unsupported` for a voice of another engine. */
function referenceOf(voice: VoiceSource): ReferenceVoice | undefined {
  switch (voice.kind) {
    case 'reference':
      return voice;
    case 'own':
      return undefined;
    case 'style':
      return fail('voice-unsupported', 'voice', FAILURES.higgs.kokoroVoice(voice.id));
  }
}

/** Characters of the longest part of a text that is one utterance. */
function mostCharacters({ sampling, audio }: HiggsModel): number {
  return Math.max(40, Math.floor((sampling.maxFrames / audio.frameRate / CHARACTER_S) * FILL));
}

function samplingFor(text: string, { sampling, audio }: HiggsModel): SamplingSettings {
  const longest = text.length * CHARACTER_S * LONGEST_RATIO + LONGEST_EXTRA_S;
  return { ...sampling, maxFrames: Math.min(sampling.maxFrames, Math.ceil(longest * audio.frameRate)) };
}

/** Positions that must be left for sound, s. */
const LEAST_ROOM_S = 2;

function checkRoom({ limits, audio, name }: HiggsModel, used: number, voice: VoiceSource): void {
  if (used + LEAST_ROOM_S * audio.frameRate <= limits.maxPositions) return;
  fail('voice-unsupported', 'voice', FAILURES.higgs.tooLong(voice.id, name));
}

/** Sound as PCM, up to a stop. */
async function* chunks(sound: AsyncIterator<Float32Array>, signal: AbortSignal): AsyncGenerator<EngineChunk> {
  for (;;) {
    // Decoding is a run of its own: a stop that has arrived must be seen before it begins.
    await yieldToMessages();
    if (signal.aborted) return;
    const next = await sound.next();
    if (next.done === true) return;
    yield { pcm: floatToPcm16(next.value) };
  }
}
