import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ensureDebianPackages } from './debian-packages.ts';

/** What the made-up machine has installed at first. */
const INSTALLED = ['libgtk-3-0t64', 'libnss3', 'libasound2', 'libgbm1', 'libdrm2', 'libatk-bridge2.0-0'];

let programs: string;

beforeEach(async () => {
  programs = await mkdtemp(join(tmpdir(), 'aloud-debian-'));
  vi.stubEnv('PATH', `${programs}:/usr/bin:/bin`);
  // dpkg-query prints what it knows and fails when a name is unknown to it.
  const known = INSTALLED.map((name) => `    ${name}) echo "installed ${name}" ;;`).join('\n');
  await program(
    'dpkg-query',
    `case "$1" in --version) exit 0 ;; esac
for name in "$@"; do
  case "$name" in
${known}
    libxss1) echo "config-files libxss1" ;;
  esac
done
exit 1`,
  );
  // This release has the newer name of libasound2 only; the older one is virtual.
  await program(
    'apt-cache',
    `case "$2" in
  libasound2|libgtk-3-0|libatk-bridge2.0-0) echo "$2:"; echo "  Candidate: (none)" ;;
  *) echo "$2:"; echo "  Candidate: 1.2-3" ;;
esac`,
  );
  await program('apt-get', `echo "$@" >> "${programs}/apt-get.txt"`);
  await program('sudo', 'exit 1');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await rm(programs, { recursive: true });
});

async function program(name: string, script: string): Promise<void> {
  const path = join(programs, name);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
}

function as(uid: number): void {
  vi.spyOn(process, 'getuid').mockReturnValue(uid);
}

const aptCalls = (): Promise<string> => readFile(join(programs, 'apt-get.txt'), 'utf8').catch(() => '');

describe('the Debian packages', () => {
  it('are installed by root: what is missing or only configured, after an update', async () => {
    as(0);
    await ensureDebianPackages(['app']);
    expect(await aptCalls()).toBe('update -qq\ninstall -y -qq --no-install-recommends libxss1\n');
  });

  it('for tests come in addition', async () => {
    as(0);
    await ensureDebianPackages(['app', 'test']);
    expect(await aptCalls()).toContain(
      '--no-install-recommends libxss1 xvfb pulseaudio pulseaudio-utils xdotool\n',
    );
  });

  it('are installed through sudo where that asks for no password', async () => {
    as(1000);
    await program('sudo', 'test "$1" = -n && shift && exec "$@"');
    await ensureDebianPackages(['app']);
    expect(await aptCalls()).toContain('install -y -qq --no-install-recommends libxss1');
  });

  it('are only named, as the exact line to run, where a password would be needed', async () => {
    as(1000);
    await expect(ensureDebianPackages(['app'])).rejects.toMatchObject({
      error: {
        message: 'Debian packages are missing.',
        hint: 'Run: sudo apt-get update && sudo apt-get install -y --no-install-recommends libxss1',
      },
    });
    expect(await aptCalls()).toBe('');
  });

  it('are named when apt fails', async () => {
    as(0);
    await program('apt-get', 'exit 100');
    await expect(ensureDebianPackages(['app'])).rejects.toMatchObject({
      error: { message: 'Debian packages could not be installed.' },
    });
  });

  it('are asked for by the name that this release has', async () => {
    as(0);
    await program('dpkg-query', 'test "$1" = --version');
    await ensureDebianPackages(['app']);
    expect(await aptCalls()).toContain('libgtk-3-0t64 libnss3 libasound2t64');
  });

  it('need nothing when all are there', async () => {
    as(1000);
    await program('dpkg-query', 'for name in "$@"; do echo "installed $name"; done');
    await ensureDebianPackages(['app', 'test']);
    expect(await aptCalls()).toBe('');
  });

  it('do not concern a system without dpkg', async () => {
    as(1000);
    await rm(join(programs, 'dpkg-query'));
    vi.stubEnv('PATH', programs);
    await ensureDebianPackages(['app', 'test']);
    expect(await aptCalls()).toBe('');
  });
});
