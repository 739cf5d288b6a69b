import { describe, expect, it } from 'vitest';
import { cudaProviderPath, epObstacle, type EpSurroundings } from './ep-obstacle.ts';

const around = (
  there: readonly string[],
  platform: NodeJS.Platform = 'linux',
  env: EpSurroundings['env'] = {},
): EpSurroundings => ({
  platform,
  env,
  backends: ['cpu', 'webgpu', 'cuda'],
  libraryFolder: '/runtime',
  exists: (path) => there.includes(path),
});

describe('what stands in the way of an execution provider', () => {
  it('is a build of the runtime without it, which the runtime itself would pass over in silence', () => {
    expect(epObstacle('dml', around([]))).toBe('this build of ONNX Runtime has no provider dml');
    expect(epObstacle('cpu', around([]))).toBeUndefined();
  });

  it('are libraries of CUDA that are missing, by name', () => {
    const [shared, cuda] = [
      '/runtime/libonnxruntime_providers_shared.so',
      '/runtime/libonnxruntime_providers_cuda.so',
    ];
    expect(epObstacle('cuda', around([shared]))).toBe('libonnxruntime_providers_cuda.so missing in /runtime');
    expect(epObstacle('cuda', around([shared, cuda]))).toBeUndefined();
  });

  it('are looked for where the loader took the runtime from', () => {
    const env = { LD_LIBRARY_PATH: '/other:/links:/more' };
    const there = ['/links/libonnxruntime.so.1', '/runtime/libonnxruntime_providers_cuda.so'];
    expect(epObstacle('cuda', around(there, 'linux', env))).toContain('missing in /links');
    expect(cudaProviderPath(around(there, 'linux', env))).toBe('/links/libonnxruntime_providers_cuda.so');
    expect(cudaProviderPath(around(there))).toBe('/runtime/libonnxruntime_providers_cuda.so');
  });

  it('is a machine without a GPU', () => {
    expect(epObstacle('webgpu', around([]))).toBe('this machine shows no GPU');
    expect(epObstacle('webgpu', around(['/dev/dri']))).toBeUndefined();
    expect(epObstacle('webgpu', around([], 'darwin'))).toBeUndefined();
    expect(epObstacle('webgpu', around([], 'linux', { VK_DRIVER_FILES: '/lvp.json' }))).toBeUndefined();
  });

  it('is looked for with the runtime that is installed', () => {
    expect(epObstacle('cpu')).toBeUndefined();
    expect(epObstacle('coreml') ?? '').toMatch(
      process.platform === 'darwin' ? /^$/ : /has no provider coreml/,
    );
  });
});
