/**
 * `aloud bench`: how fast the voice is here. Each text is said in turn by this program's way and by the plain way (the
 * published file, one run a sentence), so that both meet the same machine; then with the language model writing beside.
 */
import { spawn } from 'node:child_process';
import { cpus } from 'node:os';
import { percentile } from '../../common/figures.ts';
import { BUILT_IN_MODEL, type ProviderConfig } from '../../common/provider.ts';
import { fail } from '../../common/result.ts';
import { FAILURES } from '../../common/strings/failures.ts';
import { openModelStore } from '../../library/model-store.ts';
import { createGenerator, type Generator } from '../../llm/generator.ts';
import { round, speedFigures, type SpeedFigures, type Timed } from '../bench/figures.ts';
import { measurePythonPeer } from '../bench/python-peer.ts';
import { BenchSpeaker, type Utterance } from '../bench/speaker.ts';
import {
  medianAppStart,
  readStart,
  startLine,
  timeStart,
  type AppStartsReport,
  type StartReport,
} from '../bench/start-times.ts';
import { measureAnswers } from '../bench/spoken-answers.ts';
import { measureStops, type StopFigures } from '../bench/stops.ts';
import { parseWords, printJson, UsageError, type Command } from '../command.ts';
import { programFolders } from '../program-folders.ts';
import { SPEECH_WORDS, speechSetting, type SpeechSetting } from '../speech-words.ts';
import { startSpeechWorker, type SpeechWorker } from '../speech-worker.ts';

/** Texts of 2, 8, 18 and 39 words. */
const TEXTS = [
  'Hi there.',
  'Sure, I can help you with that question.',
  'The harbour lay quiet under a grey sky, and only the gulls seemed to care that morning came.',
  'When the wind rose from the north, the old keeper climbed the winding stairs, lit the great lamp, and read aloud to the empty rooms, as if the sea itself were listening to every word that he said.',
] as const;

const PROMPTS = [
  'How are you today?',
  'What is the capital of France?',
  'Why is the sky blue?',
  'Tell me about the moon.',
  'What should I cook tonight?',
  'Who wrote Hamlet?',
  'How do birds fly?',
] as const;

/** A way of speaking: this program's own, or the plain one. */
const WAYS = ['ours', 'plain'] as const;
type Way = (typeof WAYS)[number];

/** What `--json` prints, and the table is made of. */
interface BenchReport {
  readonly machine: string;
  readonly variant: string;
  readonly threads: number;
  readonly loadMs: Readonly<Record<Way, number>>;
  /** From the start of a process of its own until it can speak and write; null where it failed. */
  readonly start: StartReport | null;
  readonly appStarts: AppStartsReport | null;
  /** Of a process that only loads the voice and says each text once. */
  readonly peakMemoryMb: Readonly<Record<Way, number | null>>;
  readonly texts: readonly TextReport[];
  /** Real-time factors of all texts said one after the other in one turn, as the sentences of an answer are. */
  readonly asOneAnswer: Readonly<Record<Way, number>> & { readonly kokoroOnnx: number | null };
  /** In the middle of the longest text. */
  readonly stops: StopFigures;
  /** Medians; null where the built-in model is not installed. */
  readonly answers: { readonly tokenToSoundMs: number; readonly sendToSoundMs: number } | null;
}

interface TextReport {
  readonly words: number;
  readonly ours: SpeedFigures;
  readonly plain: SpeedFigures;
  /** While the language model writes; null where it is not installed. */
  readonly oursWithModel: SpeedFigures | null;
  /** Python's kokoro-onnx; null where it is not installed. Its `firstP50Ms` is its whole time. */
  readonly kokoroOnnx: SpeedFigures | null;
}

export const benchCommand: Command = {
  usage: 'aloud bench [--repeats 9] [--voice NAME] [--way ours|plain] [--start] [--json]',
  summary: 'Measures how soon and how fast the voice speaks on this machine, beside the plain way.',
  async run(args) {
    const { values, positionals } = parseWords(args, {
      ...SPEECH_WORDS,
      repeats: { type: 'string', default: '9' },
      way: { type: 'string' },
      start: { type: 'boolean', default: false },
    });
    const repeats = Number(values.repeats);
    if (!Number.isInteger(repeats) || repeats < 1) throw new UsageError('--repeats must be a whole number.');
    if (positionals.length > 0) throw new UsageError(`Unknown words: ${positionals.join(' ')}`);
    const setting = await speechSetting(values);
    if (values.way !== undefined) return measureOne(wayNamed(values.way), setting);
    if (values.start) {
      printJson(await timeStart(() => startWay('ours', setting), await builtInModel()));
      return;
    }
    const report = await measure(setting, repeats);
    if (values.json) printJson(report);
    else process.stdout.write(table(report));
  },
};

function wayNamed(name: string): Way {
  const way = WAYS.find((each) => each === name);
  if (way === undefined) throw new UsageError(`There is no way "${name}".`);
  return way;
}

/** Says each text once and prints what that took: a process of its own, so that its memory is that way's. */
async function measureOne(way: Way, setting: SpeechSetting): Promise<void> {
  const worker = await startWay(way, setting);
  const speaker = new BenchSpeaker(worker, setting.voice);
  for (const text of TEXTS) await speaker.say(text);
  const { loadMs } = worker;
  await worker.stop();
  printJson({ way, loadMs: round(loadMs), peakMemoryMb: round(process.resourceUsage().maxRSS / 1024) });
}

async function measure(setting: SpeechSetting, repeats: number): Promise<BenchReport> {
  const peakMemoryMb = { ours: await peakMemory('ours'), plain: await peakMemory('plain') };
  const start = readStart(await outputOfBench(['--start']));
  const appStarts = await medianAppStart(setting.cacheFolder);
  const ours = await startWay('ours', setting);
  const plain = await startWay('plain', setting);
  const alone = await measureWays({ ours, plain }, setting, repeats);
  const stops = await measureStops(new BenchSpeaker(ours, setting.voice), {
    long: TEXTS[3],
    next: TEXTS[0],
    count: 2 * repeats,
  });
  await plain.stop();
  const model = await builtInModel();
  const besides = model && (await measureBesideModel(ours, setting, repeats, model));
  const peer = await measurePeer(setting, repeats);
  await ours.stop();
  return {
    machine: `${cpus()[0]?.model.trim() ?? 'unknown CPU'}, ${cpus().length} cores, ${process.platform}-${process.arch}, Node ${process.versions.node}, ONNX Runtime ${ours.facts.onnxruntimeVersion}`,
    variant: ours.facts.variant ?? '',
    threads: ours.facts.threads,
    loadMs: { ours: round(ours.loadMs), plain: round(plain.loadMs) },
    start,
    appStarts,
    peakMemoryMb,
    texts: TEXTS.map((text) => ({
      words: text.split(' ').length,
      ours: figuresOf(alone.ours, text),
      plain: figuresOf(alone.plain, text),
      oursWithModel: besides ? figuresOf(besides.said, text) : null,
      kokoroOnnx: peer ? figuresOf(peer, text) : null,
    })),
    asOneAnswer: {
      ours: figuresOf(alone.ours, ANSWER).rtf,
      plain: figuresOf(alone.plain, ANSWER).rtf,
      kokoroOnnx: peer ? figuresOf(peer, ANSWER).rtf : null,
    },
    stops,
    answers: besides?.answers ?? null,
  };
}

/** By the text that was said. */
type Measured = Readonly<Record<string, readonly Timed[]>>;

/** What stands for all texts said in one turn. */
const ANSWER = TEXTS.join(' ');

function figuresOf(measured: Measured, text: string): SpeedFigures {
  return speedFigures(measured[text] ?? []);
}

function startWay(way: Way, setting: SpeechSetting): Promise<SpeechWorker> {
  return startSpeechWorker({ ...setting, entry: setting.speechThread, plain: way === 'plain' });
}

/** Both ways by turns, after one round that does not count. */
async function measureWays(
  workers: Readonly<Record<Way, SpeechWorker>>,
  { voice }: SpeechSetting,
  repeats: number,
): Promise<Readonly<Record<Way, Measured>>> {
  const speakers = {
    ours: new BenchSpeaker(workers.ours, voice),
    plain: new BenchSpeaker(workers.plain, voice),
  };
  const measured: Record<Way, Record<string, Utterance[]>> = { ours: {}, plain: {} };
  for (let round = 0; round <= repeats; round++)
    for (const sentences of [...TEXTS.map((text) => [text]), TEXTS])
      for (const way of WAYS) {
        const said = await speakers[way].say(...sentences);
        if (round > 0) (measured[way][sentences.join(' ')] ??= []).push(said);
      }
  return measured;
}

/** The voice while the language model writes on and on, then whole answers. */
async function measureBesideModel(
  worker: SpeechWorker,
  { voice }: SpeechSetting,
  repeats: number,
  provider: Extract<ProviderConfig, { kind: 'built-in' }>,
): Promise<{ said: Measured; answers: BenchReport['answers'] }> {
  const generator = createGenerator();
  await generator.load(provider.modelPath);
  const writing = new AbortController();
  const written = writeOn(generator, provider.modelPath, writing.signal);
  const speaker = new BenchSpeaker(worker, voice);
  const said: Record<string, Utterance[]> = {};
  for (let round = 0; round < repeats; round++)
    for (const text of TEXTS) (said[text] ??= []).push(await speaker.say(text));
  writing.abort();
  await written;
  // The first answer reads the system prompt, which stays read: it does not count.
  const [, ...answers] = await measureAnswers({
    worker,
    generator,
    provider,
    voice,
    prompts: ['Hello.', ...PROMPTS],
  });
  await generator.dispose();
  const median = (of: (each: (typeof answers)[number]) => number): number =>
    round(percentile(answers.map(of), 0.5));
  return {
    said,
    answers:
      answers.length === 0
        ? null
        : {
            tokenToSoundMs: median((each) => each.tokenToSoundMs),
            sendToSoundMs: median((each) => each.sendToSoundMs),
          },
  };
}

async function writeOn(generator: Generator, modelPath: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted)
    await generator.generate({
      modelPath,
      messages: [{ role: 'user', content: 'Tell me a very long story about the sea.' }],
      onDelta: () => undefined,
      signal,
    });
}

async function builtInModel(): Promise<Extract<ProviderConfig, { kind: 'built-in' }> | undefined> {
  const store = await openModelStore(programFolders().models);
  if ((await store.modelState(BUILT_IN_MODEL)) !== 'installed') return undefined;
  const [modelPath = ''] = (await store.locateModel(BUILT_IN_MODEL)).files;
  return { kind: 'built-in', id: 'built-in', model: BUILT_IN_MODEL, modelPath };
}

async function measurePeer(setting: SpeechSetting, repeats: number): Promise<Measured | undefined> {
  const store = await openModelStore(programFolders().models);
  const [modelFile = ''] = (await store.locateModel('kokoro-82m-int8')).files;
  if (setting.voice.kind !== 'style') return undefined;
  const lines = await measurePythonPeer({
    modelFile,
    voiceFile: setting.voice.path,
    texts: TEXTS,
    repeats,
  });
  if (lines === undefined) return undefined;
  const said: Record<string, Timed[]> = {};
  for (const { text, ms, audioMs } of lines) (said[text] ??= []).push({ firstMs: ms, synthMs: ms, audioMs });
  // It knows no turns: an answer is its texts one after the other.
  const rounds = Array.from({ length: repeats }, (_, i) => TEXTS.flatMap((text) => said[text]?.[i] ?? []));
  const total = (round: readonly Timed[], of: (each: Timed) => number): number =>
    round.reduce((sum, each) => sum + of(each), 0);
  said[ANSWER] = rounds.map((round) => ({
    firstMs: round[0]?.firstMs ?? Number.NaN,
    synthMs: total(round, ({ synthMs }) => synthMs),
    audioMs: total(round, ({ audioMs }) => audioMs),
  }));
  return said;
}

/** Peak memory of a process that does nothing but speak one way, MB; null when it failed. */
async function peakMemory(way: Way): Promise<number | null> {
  const output = await outputOfBench(['--way', way]);
  const found = /"peakMemoryMb":(\d+)/.exec(output)?.[1];
  if (found === undefined) fail('internal', 'system', FAILURES.cli.notMeasured(way));
  return Number(found);
}

/** What this command prints when it is run with other words in a process of its own. */
function outputOfBench(words: readonly string[]): Promise<string> {
  const [program = ''] = process.argv.slice(1);
  return new Promise<string>((resolve, reject) => {
    const child = spawn(process.execPath, [program, 'bench', ...words], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    child.on('error', reject);
    child.on('close', () => resolve(text));
  });
}

function oneAnswerLine({ ours, plain, kokoroOnnx }: BenchReport['asOneAnswer']): string {
  const beside = (rtf: number): string => `${rtf.toFixed(2)} (${(rtf / ours).toFixed(1)} ×)`;
  const peer = kokoroOnnx === null ? '' : `, kokoro-onnx ${beside(kokoroOnnx)}`;
  return `All four in one answer: real-time factor ${ours.toFixed(2)}, plain ${beside(plain)}${peer}.`;
}

function table(report: BenchReport): string {
  const { machine, variant, threads, loadMs, peakMemoryMb, texts, stops, answers } = report;
  const cell = (figures: SpeedFigures | null): string =>
    figures === null
      ? ' '.repeat(24)
      : `${String(figures.firstP50Ms).padStart(6)} ${String(figures.firstP95Ms).padStart(6)}   ${figures.rtf.toFixed(2).padStart(5)}   `;
  const lines = texts.map(
    ({ words, ours, plain, oursWithModel, kokoroOnnx }) =>
      `${String(words).padStart(5)}  ${[ours, oursWithModel, plain, kokoroOnnx].map(cell).join('')}` +
      `${(plain.firstP50Ms / ours.firstP50Ms).toFixed(1).padStart(5)} × ${(plain.rtf / ours.rtf).toFixed(1).padStart(5)} ×`,
  );
  const heads = ['ours', 'ours, model writing', 'plain', 'kokoro-onnx']
    .map((head) => head.padEnd(24))
    .join('');
  return [
    machine,
    `variant ${variant}, threads ${threads}; load ${loadMs.ours} ms (plain ${loadMs.plain}); peak memory ${peakMemoryMb.ours} MB (plain ${peakMemoryMb.plain})`,
    startLine(report.start, report.appStarts),
    '',
    `words  ${heads}sooner  faster`,
    `       ${'p50ms  p95ms    RTF     '.repeat(4)}`,
    ...lines,
    '',
    oneAnswerLine(report.asOneAnswer),
    `From Stop in the middle of the longest text until the next sentence is taken up: ${stops.p50Ms} ms, 95 % within ${stops.p95Ms} ms.`,
    answers === null
      ? 'The built-in language model is not installed, so answers were not measured.'
      : `Built-in model: first token to first PCM ${answers.tokenToSoundMs} ms, Send to first PCM ${answers.sendToSoundMs} ms (medians).`,
    '',
  ].join('\n');
}
