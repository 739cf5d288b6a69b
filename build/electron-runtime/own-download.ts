/** Electron as its own npm package brings it: the package's installer downloads it from GitHub's releases. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ROOT, runProgram, tell } from '../script.ts';

const PACKAGE = join(ROOT, 'node_modules', 'electron');

/** How long the download may take when the release answers, ms: 100 MB on a slow line. */
const DOWNLOAD_LIMIT_MS = 15 * 60_000;
/** How long it may take when the release does not answer: enough to unpack a copy from the downloader's cache. */
const REFUSED_LIMIT_MS = 20_000;
/** How long the release may take to answer at all, ms. */
const PROBE_LIMIT_MS = 10_000;

/**
 * The executable of the electron package, when its download has been done for this version; or the one that
 * `ELECTRON_OVERRIDE_DIST_PATH` names, as that package itself would use it.
 */
export function ownElectron(): string | undefined {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override) return join(override, process.platform === 'win32' ? 'electron.exe' : 'electron');
  try {
    const path = join(PACKAGE, 'dist', readFileSync(join(PACKAGE, 'path.txt'), 'utf8'));
    const version = readFileSync(join(PACKAGE, 'dist', 'version'), 'utf8').replace(/^v/, '');
    return version === packageVersion() && existsSync(path) ? path : undefined;
  } catch {
    // Not downloaded, or not to its end: the installer writes path.txt last.
    return undefined;
  }
}

/** Runs the package's own installer. Returns the executable, or undefined when the download is refused. */
export async function downloadOwnElectron(): Promise<string | undefined> {
  tell(`Downloading Electron ${packageVersion()}`);
  const limitMs = usesOwnRoute() || (await releaseAnswers()) ? DOWNLOAD_LIMIT_MS : REFUSED_LIMIT_MS;
  const code = await runProgram(process.execPath, [join(PACKAGE, 'install.js')], {
    streams: 'silent',
    limitMs,
  });
  return code === 0 ? ownElectron() : undefined;
}

function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));
  return z.object({ version: z.string() }).parse(manifest).version;
}

/** A mirror or a proxy is a way that we cannot probe: then the installer's word counts. */
function usesOwnRoute(): boolean {
  const names = ['ELECTRON_MIRROR', 'npm_config_electron_mirror', 'ELECTRON_GET_USE_PROXY'];
  return names.some((name) => process.env[name] !== undefined);
}

async function releaseAnswers(): Promise<boolean> {
  const version = packageVersion();
  const url = `https://github.com/electron/electron/releases/download/v${version}/SHASUMS256.txt`;
  try {
    const answer = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_LIMIT_MS) });
    return answer.ok;
  } catch {
    return false;
  }
}
