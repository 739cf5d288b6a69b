/** Which execution providers a platform may have. */
import type { EpName } from './engine.ts';

/**
 * Providers that may be there, the most wanted first. The processor is always the last. `platform` and `arch` are Node's
 * names.
 */
export function epPreference(platform: string, arch: string): readonly EpName[] {
  if (platform === 'win32') return ['dml', 'webgpu', 'cpu'];
  if (platform === 'darwin') return ['coreml', 'webgpu', 'cpu'];
  return platform === 'linux' && arch === 'x64' ? ['cuda', 'webgpu', 'cpu'] : ['cpu'];
}
