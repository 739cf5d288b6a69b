/**
 * Kokoro-82M behind the {@link TtsEngine} interface: words to phonemes, phonemes to utterances that fit the model,
 * utterances to sound, edges trimmed. A long text comes utterance by utterance; a text with nothing to say gives no chunk.
 */
import { floatToPcm16, SAMPLE_RATE, samplesToMs } from '../../../common/audio.ts';
import { fail } from '../../../common/result.ts';
import type { SpokenWord } from '../../../common/sentence.ts';
import { PHRASES } from '../../../common/strings/phrases.ts';
import { FAILURES } from '../../../common/strings/failures.ts';
import { kokoroSpeaks, type VoiceSource } from '../../../common/voice.ts';
import type { EngineChunk, SynthesisRequest, TtsEngine } from '../../engine.ts';
import { loadG2p, type Dialect, type G2p } from '../../g2p/g2p.ts';
import { EdgeTrimmer, TRIM_MARGIN_MS } from '../../trim.ts';
import type { DecodedRun, KokoroDecoder, UtteranceTiming } from './decoder.ts';
import { openKokoro, RUNTIME_VERSION, type OpenedKokoro } from './open-kokoro.ts';
import { MAX_TOKENS, splitAtPauses, splitPhonemes, type CutStrength } from './split-phonemes.ts';
import { styleRow, StyleStore, type StyleTable, type StyleVoice } from './styles.ts';
import { isSpeakable, loadVocabulary, type Vocabulary } from './vocabulary.ts';

/** The pace that the model can be asked for. */
const SLOWEST = 0.5;
const FASTEST = 2;

/** Silence that stays at most between two parts of one utterance, ms; 'none' stands also for the utterance's end. */
const PAUSE_AFTER_CUT_MS: Readonly<Record<CutStrength, number>> = {
  none: TRIM_MARGIN_MS,
  word: TRIM_MARGIN_MS,
  clause: 150,
  sentence: 300,
};

/**
 * From this real-time factor on an utterance that comes in windows is said part by part, too. Whole it is not heard before so much
 * of it lies ready that no hole comes: the excess of the factor over 1 times its length, and a window. A part is heard after the
 * factor times its own length, a third of the utterance perhaps; and its melody is another one, with a fall at its end.
 */
const PARTS_FROM_RTF = 1.5;

/** What `load` opened. */
interface Loaded {
  readonly decoder: KokoroDecoder;
  readonly vocabulary: Vocabulary;
  readonly dataFolder: string;
}

/** Makes an engine that is not yet loaded. */
export function createKokoroEngine(): TtsEngine {
  const styles = new StyleStore();
  const g2ps = new Map<Dialect, Promise<G2p>>();
  let loaded: Loaded | undefined;

  const loadedOrFail = (): Loaded => loaded ?? fail('model-missing', 'speech', FAILURES.kokoro.notLoaded);

  const g2pFor = (dialect: Dialect, dataFolder: string): Promise<G2p> => {
    const known = g2ps.get(dialect);
    if (known !== undefined) return known;
    const loading = loadG2p(dataFolder, dialect);
    g2ps.set(dialect, loading);
    // A failed load must not be remembered: the next sentence tries again.
    loading.catch(() => g2ps.delete(dialect));
    return loading;
  };

  const prepare = async (
    voice: VoiceSource,
    tableOf: (style: StyleVoice) => Promise<StyleTable>,
  ): Promise<{ g2p: G2p; table: StyleTable }> => {
    const { dataFolder, decoder } = loadedOrFail();
    const style = styleVoice(voice);
    const dialect = dialectOf(style);
    const [g2p, table] = await Promise.all([g2pFor(dialect, dataFolder), tableOf(style)]);
    await decoder.prepareStyle(table.sha256);
    return { g2p, table };
  };

  return {
    async load(files, onProgress) {
      const { dataFolder } = files;
      const tables = Promise.all([loadVocabulary(dataFolder), g2pFor('en-US', dataFolder)]);
      const [opened, [vocabulary]] = await bothOrFree(openKokoro(files, onProgress), tables);
      const { decoder, variant, threads, pace, ep, epReport } = opened;
      loaded = { decoder, vocabulary, dataFolder };
      return {
        id: 'kokoro',
        label: 'Kokoro 82M',
        sampleRate: SAMPLE_RATE,
        ep,
        threads,
        maxTokens: MAX_TOKENS,
        onnxruntimeVersion: RUNTIME_VERSION,
        variant,
        ...(pace && { pace }),
        ...(epReport.length > 0 && { epReport }),
      };
    },

    async prepareVoice(voice) {
      await prepare(voice, (style) => styles.table(style));
    },

    async *synthesize(
      { spoken, pronounced, voice, speed, rtf = 0 }: SynthesisRequest,
      signal,
    ): AsyncGenerator<EngineChunk> {
      const { decoder, vocabulary } = loadedOrFail();
      // Written so that NaN is refused too.
      if (!(speed >= SLOWEST && speed <= FASTEST))
        fail('request-invalid', 'speech', FAILURES.kokoro.speedOutOfRange(SLOWEST, FASTEST));
      const { g2p, table } = await prepare(voice, (style) => styles.tableInUse(style));
      const said = g2p.phonemize(spoken, pronounced);
      const known = vocabulary.known(said.phonemes);
      // Where a character was left out, the words' places no longer fit.
      const words = known === said.phonemes ? said.tokens.filter(({ kind }) => kind === 'word') : [];
      const wholeParts = rtf >= (decoder.decodesInRuns(table.sha256) ? PARTS_FROM_RTF : 1);
      let soundMs = 0;
      let next = 0;
      for (const { phonemes, cut } of wholeParts ? splitAtPauses(known) : splitPhonemes(known)) {
        if (signal.aborted) return;
        const first = next;
        next += phonemes.length;
        if (!isSpeakable(phonemes)) continue;
        const tokens = vocabulary.tokens(phonemes);
        const { sha256: styleSha256 } = table;
        const utterance = { tokens, style: styleRow(table, tokens.length), styleSha256, speed };
        const own = words.filter(({ phonemeStart }) => phonemeStart >= first && phonemeStart < next);
        const timed = (timing: UtteranceTiming, leftOutMs: number): SpokenWord[] =>
          own.map(({ start, end, phonemeStart }) => {
            const inPartMs = (timing.tokenStartMs[phonemeStart - first] ?? 0) - leftOutMs;
            return { start, end, atMs: Math.round(soundMs + Math.max(0, inPartMs)) };
          });
        let partMs = 0;
        const sound = trimmed(decoder.decode(utterance, signal), PAUSE_AFTER_CUT_MS[cut], signal, timed);
        for await (const chunk of wholeParts ? inOneChunk(sound, signal) : sound) {
          partMs += samplesToMs(chunk.pcm.length);
          yield chunk;
        }
        soundMs += partMs;
      }
    },

    async dispose() {
      const decoder = loaded?.decoder;
      loaded = undefined;
      g2ps.clear();
      await decoder?.dispose();
    },
  };
}

/** All of a part's sound at once; nothing of one that was broken off. */
async function* inOneChunk(
  sound: AsyncIterable<EngineChunk>,
  signal: AbortSignal,
): AsyncGenerator<EngineChunk> {
  const chunks: EngineChunk[] = [];
  for await (const chunk of sound) chunks.push(chunk);
  if (signal.aborted || chunks.length === 0) return;
  const pcm = new Int16Array(chunks.reduce((sum, chunk) => sum + chunk.pcm.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    pcm.set(chunk.pcm, at);
    at += chunk.pcm.length;
  }
  const words = chunks.flatMap((chunk) => chunk.words ?? []);
  yield words.length > 0 ? { pcm, words } : { pcm };
}

/** Waits for both; when the tables fail, the decoder that was opened meanwhile is freed. */
async function bothOrFree<T>(opening: Promise<OpenedKokoro>, tables: Promise<T>): Promise<[OpenedKokoro, T]> {
  const [opened, table] = await Promise.allSettled([opening, tables]);
  if (opened.status === 'rejected') throw opened.reason;
  if (table.status === 'fulfilled') return [opened.value, table.value];
  await opened.value.decoder.dispose();
  throw table.reason;
}

/** The voice as one of Kokoro's. Throws `AppFailure` with `voice-unsupported` for one of another engine. */
function styleVoice(voice: VoiceSource): StyleVoice {
  if (voice.kind === 'style') return voice;
  const what = voice.kind === 'reference' ? PHRASES.voices.aRecording : PHRASES.voices.anotherModels;
  return fail('voice-unsupported', 'voice', FAILURES.kokoro.otherVoice(voice.id, what));
}

/** The dialect in which a voice speaks. Throws `AppFailure` with `voice-unsupported` where Kokoro cannot speak with it. */
function dialectOf(voice: StyleVoice): Dialect {
  if (!kokoroSpeaks(voice.language))
    return fail('voice-unsupported', 'voice', FAILURES.kokoro.otherLanguage(voice.id, voice.language));
  return voice.language.toLowerCase().split('-')[1] === 'gb' ? 'en-GB' : 'en-US';
}

/** One utterance's sound without the silence around it, as PCM; with its first sound the times of its words. */
async function* trimmed(
  sound: AsyncIterable<DecodedRun>,
  afterMs: number,
  signal: AbortSignal,
  wordTimes: (timing: UtteranceTiming, leftOutMs: number) => readonly SpokenWord[],
): AsyncGenerator<EngineChunk> {
  const trimmer = new EdgeTrimmer({ afterMs });
  let timing: UtteranceTiming | undefined;
  for await (const run of sound) {
    timing = run.timing ?? timing;
    const pcm = floatToPcm16(trimmer.push(run.samples));
    if (pcm.length === 0) continue;
    yield timing ? { pcm, words: wordTimes(timing, samplesToMs(trimmer.leadLeftOut)) } : { pcm };
    timing = undefined;
  }
  const rest = signal.aborted ? new Int16Array(0) : floatToPcm16(trimmer.end());
  if (rest.length > 0) yield { pcm: rest };
}
