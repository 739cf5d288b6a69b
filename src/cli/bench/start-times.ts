/** How long the program takes to be ready: a process of the bench's own, and the app's last starts as the app kept them. */
import { z } from 'zod';
import { percentile } from '../../common/figures.ts';
import type { ProviderConfig } from '../../common/provider.ts';
import { readAppStarts } from '../../library/app-starts.ts';
import { createGenerator } from '../../llm/generator.ts';
import type { SpeechWorker } from '../speech-worker.ts';
import { round } from './figures.ts';

const startSchema = z.object({
  voiceMs: z.number(),
  /** Null where the built-in model is not installed. */
  modelMs: z.number().nullable(),
});

/** Times from the start of this process, ms. */
export type StartReport = z.infer<typeof startSchema>;

/** Medians of the app's last starts, ms from the start of its main process. */
export interface AppStartsReport {
  readonly starts: number;
  readonly windowMs: number;
  readonly voiceMs: number;
  /** Null where the built-in model was never loaded at the start. */
  readonly modelMs: number | null;
}

/** Loads the voice with its dictionaries, and the language model, at once, as the app does. */
export async function timeStart(
  startVoice: () => Promise<SpeechWorker>,
  model: Extract<ProviderConfig, { kind: 'built-in' }> | undefined,
): Promise<StartReport> {
  const generator = createGenerator();
  const loadVoice = async (): Promise<number> => {
    const worker = await startVoice();
    const at = performance.now();
    await worker.stop();
    return round(at);
  };
  const loadModel = async (): Promise<number | null> => {
    if (model === undefined) return null;
    await generator.load(model.modelPath);
    return round(performance.now());
  };
  const [voiceMs, modelMs] = await Promise.all([loadVoice(), loadModel()]);
  await generator.dispose();
  return { voiceMs, modelMs };
}

/** What a process that ran {@link timeStart} printed; null when it printed no such thing. */
export function readStart(output: string): StartReport | null {
  const line = output.split('\n').find((each) => each.startsWith('{'));
  const parsed = startSchema.safeParse(line === undefined ? undefined : JSON.parse(line));
  return parsed.success ? parsed.data : null;
}

/** The app's last starts on this machine; null where it was not started yet. */
export async function medianAppStart(cacheFolder: string): Promise<AppStartsReport | null> {
  const starts = await readAppStarts(cacheFolder);
  if (starts.length === 0) return null;
  const models = starts.flatMap(({ modelMs }) => (modelMs === null ? [] : [modelMs]));
  const median = (values: readonly number[]): number => round(percentile(values, 0.5));
  return {
    starts: starts.length,
    windowMs: median(starts.map(({ windowMs }) => windowMs)),
    voiceMs: median(starts.map(({ voiceMs }) => voiceMs)),
    modelMs: models.length === 0 ? null : median(models),
  };
}

/** Both in one line. */
export function startLine(own: StartReport | null, app: AppStartsReport | null): string {
  const model = (ms: number | null): string => (ms === null ? '' : `, model ${ms} ms`);
  const ofApp =
    app === null
      ? 'the app was not started here yet'
      : `app start, median of ${app.starts}: window ${app.windowMs} ms, voice ${app.voiceMs} ms${model(app.modelMs)}`;
  if (own === null) return ofApp;
  return `process start to ready: voice ${own.voiceMs} ms${model(own.modelMs)}; ${ofApp}`;
}
