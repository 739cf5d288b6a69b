/**
 * Opens Kokoro in the way that is right for this machine: prepares the model if that was not done, has the self-check
 * choose a variant if it has not yet, and opens that one.
 */
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { env } from 'onnxruntime-node';
import type { EnginePace, EpName } from '../../../common/engine.ts';
import { fail } from '../../../common/result.ts';
import { FAILURES } from '../../../common/strings/failures.ts';
import { STRINGS } from '../../../common/strings/interface.ts';
import type { EngineFiles, LoadProgress } from '../../engine.ts';
import { loadCheckUtterance, type CheckUtterance } from './check-utterance.ts';
import type { KokoroDecoder } from './decoder.ts';
import { loadEdgeLevels } from './edge-levels.ts';
import { chooseKokoroEp, type EpSearch } from './ep-choice.ts';
import { openOfficialDecoder } from './official-decoder.ts';
import { prepareModel } from './prepare/prepare-model.ts';
import { SOURCE } from './prepare/prepared-manifest.ts';
import { preparedModel, type PreparationFolders } from './prepare/prepared-model.ts';
import { findSelfCheck, keepSelfCheck, type CheckConditions, type SelfCheck } from './self-check-record.ts';
import { chooseVariant, measurePace, tryThreads, tryVariants, type VariantFinding } from './self-check.ts';
import { requireModelFile } from './session.ts';
import { loadPredictor } from './statistics-predictor.ts';
import { VOICES_FOLDER } from './voice-statistics-store.ts';
import {
  officialThreads,
  openOnEp,
  openVariant,
  preparedThreads,
  type Variant,
  type VariantFiles,
} from './variants.ts';

export interface OpenedKokoro {
  readonly decoder: KokoroDecoder;
  readonly variant: Variant;
  /** Threads of one of its runs. */
  readonly threads: number;
  readonly pace: EnginePace | undefined;
  /** Where the generator runs. */
  readonly ep: EpName;
  /** What was found when that was decided, a line each. */
  readonly epReport: readonly string[];
}

/** Version of ONNX Runtime. */
export const RUNTIME_VERSION = env.versions.node ?? env.versions.common;

/**
 * Opens it. Throws `AppFailure`: what `prepareModel` throws, `file-unreadable` for a missing table of the program,
 * `model-damaged` when no variant runs, `ep-unusable` when the provider that was asked for cannot be used.
 */
export async function openKokoro(
  files: EngineFiles,
  onProgress: (progress: LoadProgress) => void = () => undefined,
): Promise<OpenedKokoro> {
  await requireModelFile(join(files.modelFolder, SOURCE.file));
  if (files.plain === true) {
    const threads = officialThreads(availableParallelism());
    const decoder = await openOfficialDecoder(files.modelFolder, threads);
    return { decoder, variant: 'original', threads, pace: undefined, ep: 'cpu', epReport: [] };
  }
  const [predictor, edgeLevels, check] = await Promise.all([
    loadPredictor(files.dataFolder),
    loadEdgeLevels(files.dataFolder),
    loadCheckUtterance(files.dataFolder),
  ]);
  const { modelFolder, dataFolder, preparedFolder = modelFolder } = files;
  const folders = { sourceFolder: modelFolder, preparedFolder, dataFolder };
  const prepared = await ensurePrepared(folders, onProgress);
  const voicesFolder = join(preparedFolder, VOICES_FOLDER);
  const variantFiles = { modelFolder, prepared, predictor, edgeLevels, voicesFolder };
  const selfCheck = await selfCheckHere(preparedFolder, variantFiles, check, onProgress);
  const { decision, decoder } = await openWhereBest({ files, selfCheck, variantFiles, check, onProgress });
  try {
    const variant = decision.ep === 'cpu' ? selfCheck.chosen : 'float';
    const threads = variant === 'original' ? officialThreads(availableParallelism()) : selfCheck.threads;
    await decoder.reserve(check.utterance);
    const pace = undisturbed(
      await measurePace(decoder, check.utterance),
      decision.ep === 'cpu' ? ownRtf(selfCheck) : Infinity,
    );
    const isNew = JSON.stringify(decision.findings) !== JSON.stringify(selfCheck.eps);
    if ((files.ep ?? 'auto') === 'auto' && isNew)
      await keepSelfCheck(preparedFolder, { ...selfCheck, eps: [...decision.findings] });
    return { decoder, variant, threads, pace, ep: decision.ep, epReport: decision.report };
  } catch (thrown) {
    await decoder.dispose();
    throw thrown;
  }
}

interface WhereSearch {
  readonly files: EngineFiles;
  readonly selfCheck: SelfCheck;
  readonly variantFiles: VariantFiles;
  readonly check: CheckUtterance;
  readonly onProgress: (progress: LoadProgress) => void;
}

/** Decides on what the generator runs, and opens the decoder there. */
async function openWhereBest({
  files,
  selfCheck,
  variantFiles,
  check,
  onProgress,
}: WhereSearch): Promise<{ decision: Awaited<ReturnType<typeof chooseKokoroEp>>; decoder: KokoroDecoder }> {
  const search: EpSearch = {
    choice: files.ep ?? 'auto',
    onCpu: { variant: selfCheck.chosen, rtf: ownRtf(selfCheck) },
    check,
    open: (ep) => openOnEp(ep, variantFiles, selfCheck),
    cacheFolder: files.cacheFolder,
    obstacles: files.epObstacles ?? {},
    known: selfCheck.eps,
    onTrial: (ep) => onProgress({ doing: STRINGS.progress.tryingVoiceOn(ep), done: undefined }),
  };
  const open = async (known: EpSearch['known']): ReturnType<typeof openWhereBest> => {
    const decision = await chooseKokoroEp({ ...search, known });
    const { ep } = decision;
    const decoder = await (ep === 'cpu'
      ? openVariant(selfCheck.chosen, variantFiles, selfCheck)
      : openOnEp(ep, variantFiles, selfCheck));
    return { decision, decoder };
  };
  try {
    return await open(selfCheck.eps);
  } catch (thrown) {
    // What ran when it was tried may be gone: another trial finds the reason, and what there is now.
    if (search.choice !== 'auto' || selfCheck.eps.length === 0) throw thrown;
    return open([]);
  }
}

/** What the self-check found of the variant that it chose: how long it takes for a second of sound, s. */
function ownRtf({ findings, chosen, threads, threadFindings }: SelfCheck): number {
  const timed = threadFindings.find((finding) => finding.threads === threads);
  return timed?.rtf ?? rtfOf(chosen, findings);
}

/** Real-time factor that was found of a variant; infinite when it does not run. */
function rtfOf(variant: Variant, findings: readonly VariantFinding[]): number {
  const finding = findings.find((each) => each.variant === variant);
  return finding?.runs === true ? finding.rtf : Infinity;
}

/**
 * The pace with the better of two real-time factors of the same utterance: what else the program loads at the same time
 * only lengthens a run. The other figures stay as careful as they were measured.
 */
function undisturbed(pace: EnginePace | undefined, knownRtf: number): EnginePace | undefined {
  return pace && { ...pace, rtf: Math.min(pace.rtf, knownRtf) };
}

/** The prepared model; prepares it if that was not done. */
async function ensurePrepared(
  folders: PreparationFolders,
  onProgress: (progress: LoadProgress) => void,
): Promise<VariantFiles['prepared']> {
  const found = await preparedModel(folders);
  if (found.state === 'ready') return found;
  await prepareModel(folders, {
    onProgress: ({ done }) => onProgress({ doing: STRINGS.progress.preparingVoice, done }),
  });
  const made = await preparedModel(folders);
  if (made.state === 'ready') return made;
  return fail('model-damaged', 'model', FAILURES.kokoro.notPrepared(made.reason));
}

/** Share of the self-check's time that the variants take where the number of threads is tried as well, which turns out then. */
const VARIANTS_SHARE = 0.6;

/** The self-check of this machine; makes it if there is none. */
async function selfCheckHere(
  preparedFolder: string,
  files: VariantFiles,
  check: CheckUtterance,
  onProgress: (progress: LoadProgress) => void,
): Promise<SelfCheck> {
  const conditions = conditionsOf(files);
  const known = await findSelfCheck(preparedFolder, conditions);
  if (known) return known;
  const tell = (done: number): void =>
    onProgress({ doing: STRINGS.progress.checkingVoice, done: done * VARIANTS_SHARE });
  const findings = await tryVariants((variant) => openVariant(variant, files), check, tell);
  const chosen = chooseVariant(findings);
  if (chosen === undefined) return fail('model-damaged', 'model', FAILURES.kokoro.doesNotRun);
  tell(1);
  const counts = threadCounts(chosen, conditions.cores);
  const { threads, findings: threadFindings } =
    counts.length === 1
      ? { threads: counts[0], findings: [] }
      : await tryThreads((number) => openVariant(chosen, files, { threads: number }), counts, check);
  const checkedAt = new Date().toISOString();
  const made = {
    conditions,
    checkedAt,
    chosen,
    findings,
    threads,
    threadFindings: [...threadFindings],
    eps: [],
  };
  await keepSelfCheck(preparedFolder, made);
  return made;
}

/** The numbers of threads that are worth a trial of the chosen variant; the official file has its own. */
function threadCounts(chosen: Variant, cores: number): ReturnType<typeof preparedThreads> {
  return chosen === 'original' ? [1] : preparedThreads(cores);
}

function conditionsOf({ prepared }: VariantFiles): CheckConditions {
  const { version, graphs } = prepared.manifest;
  const cores = availableParallelism();
  return {
    cpu: `${cpus()[0]?.model.trim() ?? 'unknown'} (${process.arch})`,
    runtime: RUNTIME_VERSION,
    cores,
    threadsTried: [...preparedThreads(cores)],
    preparation: version,
    graphs: Object.values(graphs)
      .map(({ sha256 }) => sha256.slice(0, 16))
      .join(' '),
  };
}
