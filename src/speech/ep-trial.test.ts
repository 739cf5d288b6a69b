import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppFailure, appError } from '../common/result.ts';
import { guardedTrial, loaderReason, reasonOf, type EpTrialOptions } from './ep-trial.ts';

let cacheFolder: string;
const before = process.env['VK_DRIVER_FILES'];

beforeEach(async () => {
  cacheFolder = await mkdtemp(join(tmpdir(), 'aloud-trial-'));
  // So that nothing stands in WebGPU's way on a machine without a GPU.
  process.env['VK_DRIVER_FILES'] = '/some/driver.json';
});
afterEach(async () => {
  if (before === undefined) delete process.env['VK_DRIVER_FILES'];
  else process.env['VK_DRIVER_FILES'] = before;
  await rm(cacheFolder, { recursive: true, force: true });
});

const options = (more: Partial<EpTrialOptions> = {}): EpTrialOptions => ({
  engine: 'kokoro',
  cacheFolder,
  obstacles: {},
  ...more,
});

const never = (): never => {
  throw new Error('tried');
};

describe('a trial of an execution provider', () => {
  it('is not made where something stands in its way, and says what', async () => {
    const given = options({ obstacles: { webgpu: 'the folder is of another version' } });
    await expect(guardedTrial('webgpu', given, never)).rejects.toThrow('the folder is of another version');
    const absent = process.platform === 'darwin' ? 'dml' : 'coreml';
    await expect(guardedTrial(absent, options(), never)).rejects.toThrow(
      `this build of ONNX Runtime has no provider ${absent}`,
    );
  });

  it('of the processor has no guards', async () => {
    const given = options({ obstacles: { cpu: 'no' } });
    expect(await guardedTrial('cpu', given, () => Promise.resolve(1))).toBe(1);
    expect(await readdir(cacheFolder)).toEqual([]);
  });

  it('leaves a mark only while it lasts, however it ends', async () => {
    const during = await guardedTrial('webgpu', options(), () => readdir(cacheFolder));
    expect(during).toEqual(['trying-webgpu-for-kokoro']);
    expect(await readdir(cacheFolder)).toEqual([]);
    await expect(guardedTrial('webgpu', options(), never)).rejects.toThrow('tried');
    expect(await readdir(cacheFolder)).toEqual([]);
  });

  it('that ended the process twice is not made a third time, and once more when it is asked for again', async () => {
    const mark = join(cacheFolder, 'trying-webgpu-for-kokoro');
    const marks: string[] = [];
    const dying = async (): Promise<void> => {
      // What a process that dies in its trial leaves behind.
      const { readFile } = await import('node:fs/promises');
      marks.push(await readFile(mark, 'utf8'));
    };
    await guardedTrial('webgpu', options(), dying);
    await writeFile(mark, '1');
    await guardedTrial('webgpu', options(), dying);
    expect(marks).toEqual(['1', '2']);
    await writeFile(mark, '2');
    await expect(guardedTrial('webgpu', options(), never)).rejects.toThrow(
      'the program ended 2 times while it was tried',
    );
    expect(await guardedTrial('webgpu', options(), () => Promise.resolve('tried again'))).toBe('tried again');
  });

  it('is made where no mark can be kept', async () => {
    const nowhere = join(cacheFolder, 'file');
    await writeFile(nowhere, '');
    for (const folder of [undefined, join(nowhere, 'folder')])
      expect(await guardedTrial('webgpu', options({ cacheFolder: folder }), () => Promise.resolve(1))).toBe(
        1,
      );
  });
});

describe('the reason of a failure', () => {
  it('is the runtime’s own where it stands behind ours', () => {
    const cause = new Error('No\n  adapter. ');
    const ours = new AppFailure(appError('model-damaged', 'model', { message: 'It cannot be opened.' }), {
      cause,
    });
    expect(reasonOf(ours, 'webgpu')).toBe('No adapter');
    expect(reasonOf('thrown text', 'webgpu')).toBe('thrown text');
  });

  it('is CUDA’s own, and not the place in the runtime’s source', () => {
    const text =
      '/onnxruntime_src/cuda_call.cc:154 [with ERRTYPE = cudaError] CUDA failure 35: CUDA driver version is insufficient for CUDA runtime version ; GPU=-1 ; hostname=vm ; file=x.cc';
    expect(reasonOf(new Error(text), 'cuda')).toBe(
      'CUDA failure 35: CUDA driver version is insufficient for CUDA runtime version',
    );
  });

  it('is short', () => {
    expect(reasonOf(new Error('x'.repeat(5_000)), 'cuda')).toHaveLength(300);
  });

  it('is what the system’s loader says of a library', async () => {
    const path = join(cacheFolder, 'libx.so');
    await writeFile(path, 'no library');
    if (process.platform !== 'linux') return;
    expect(loaderReason(path)).toContain(`${path}: file too short`);
    expect(loaderReason(join(cacheFolder, 'none.so'))).toContain('cannot open shared object file');
  });
});
