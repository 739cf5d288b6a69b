/**
 * Chromium's sandbox on Linux needs either user namespaces, which Ubuntu 24.04 refuses to programs that it does not
 * know, or its helper `chrome-sandbox` owned by root with the set-user-id bit.
 */
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fail } from '../src/common/result.ts';
import { isRoot, outputOf, tell } from './script.ts';

/**
 * Makes sure that Electron's sandbox can work. Gives the helper its rights where that needs no password; else throws
 * with the line to run. Root runs Electron without a sandbox, and other systems have none of this.
 */
export function ensureSandbox(electron: string): void {
  if (process.platform !== 'linux' || isRoot()) return;
  const helper = join(dirname(electron), 'chrome-sandbox');
  if (isPrivileged(helper) || outputOf('unshare', ['--user', '--map-root-user', 'true']) !== undefined)
    return;
  tell('Giving the sandbox helper of Electron its rights');
  const owned = outputOf('sudo', ['-n', 'chown', 'root:root', helper]) !== undefined;
  if (owned && outputOf('sudo', ['-n', 'chmod', '4755', helper]) !== undefined) return;
  fail('internal', 'system', {
    message: 'This system does not let Electron build its sandbox.',
    hint: `Run: sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`,
  });
}

function isPrivileged(helper: string): boolean {
  const facts = statSync(helper, { throwIfNoEntry: false });
  return facts?.uid === 0 && (facts.mode & 0o4000) !== 0;
}
