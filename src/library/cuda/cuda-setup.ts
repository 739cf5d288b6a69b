/**
 * What a process that runs voice models must be given so that it can use CUDA, and why it cannot where it cannot. The folder
 * is the one that `ALOUD_CUDA_DIR` names, else the one in the settings; what `aloud cuda install` brought serves for what it
 * lacks.
 */
import { join } from 'node:path';
import type { EpObstacles } from '../../common/engine.ts';
import { PHRASES } from '../../common/strings/phrases.ts';
import { cacheFolder, chosenPath, dataFolder, type Surroundings } from '../paths.ts';
import { findCuda, loaderPath, prepareCuda, type CudaPlaces, type CudaRuntime } from './cuda-runtime.ts';
import { runtimeFiles } from './runtime-files.ts';

export interface CudaSetup {
  /** Undefined on a platform on which ONNX Runtime has no CUDA here. */
  readonly runtime: CudaRuntime | undefined;
  /** Variables for the process, to be set before it starts. */
  readonly env: Readonly<Record<string, string>>;
  readonly obstacles: EpObstacles;
}

/** Where `aloud cuda install` puts it. */
export function usualCudaFolder(around: Surroundings): string {
  return join(dataFolder(around), 'cuda');
}

/** What a program without CUDA has. */
export const NO_CUDA: CudaSetup = { runtime: undefined, env: {}, obstacles: {} };

/** Looks for CUDA and prepares it. `named` is the folder in the settings; '' for none. Never throws. */
export async function setUpCuda(named: string, around: Surroundings): Promise<CudaSetup> {
  const runtime = await lookWith(prepareCuda, named, around);
  if (runtime === undefined) return NO_CUDA;
  if (runtime.state === 'unusable') return { runtime, env: {}, obstacles: { cuda: runtime.problem } };
  const before = around.env['LD_LIBRARY_PATH'];
  return { runtime, env: { LD_LIBRARY_PATH: loaderPath(runtime, before) }, obstacles: {} };
}

/** Looks for CUDA and changes nothing; undefined where ONNX Runtime has none on this platform. Never throws. */
export function lookAtCuda(named: string, around: Surroundings): Promise<CudaRuntime | undefined> {
  return lookWith(findCuda, named, around);
}

/** What goes wrong while it is looked for is a reason why there is none, and keeps nothing else from starting. */
async function lookWith(
  look: (places: CudaPlaces) => Promise<CudaRuntime>,
  named: string,
  around: Surroundings,
): Promise<CudaRuntime | undefined> {
  try {
    const places = placesOf(named, around);
    return places && (await look(places));
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return { state: 'unusable', problem: PHRASES.cuda.notLookedFor(reason) };
  }
}

function placesOf(named: string, around: Surroundings): CudaPlaces | undefined {
  if (around.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const chosen = chosenPath(around.env['ALOUD_CUDA_DIR']);
  return {
    named: [chosen ?? named].filter((folder) => folder !== ''),
    usual: usualCudaFolder(around),
    runtime: runtimeFiles(),
    cacheFolder: cacheFolder(around),
  };
}
