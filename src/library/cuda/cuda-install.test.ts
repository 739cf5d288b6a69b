import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toAppError } from '../../common/result.ts';
import { cudaWheels, installCuda } from './cuda-install.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'aloud-cuda-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** A Python whose pip does as the script says: `$DIR` is the target folder, and its words stand in `words.txt`. */
async function python(script: string): Promise<string> {
  const path = join(root, 'python3');
  const target = 'DIR=$(echo "$@" | sed "s/.*--target //; s/ .*//")';
  await writeFile(path, `#!/bin/sh\necho "$@" > ${join(root, 'words.txt')}\n${target}\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

const install = async (
  commands: readonly string[],
  signal = new AbortController().signal,
): Promise<unknown> =>
  installCuda({ folder: join(root, 'cuda'), runtimeVersion: '1.30.0', python: commands, signal }).then(
    () => 'installed',
    (thrown: unknown) => toAppError(thrown, 'model'),
  );

describe('the installation of CUDA', () => {
  it('asks pip for the provider of the runtime’s own version, wheels only, and puts all of it in place at once', async () => {
    await mkdir(join(root, 'cuda', 'older'), { recursive: true });
    const commands = [join(root, 'no-python'), await python('echo lib > "$DIR/libx.so"')];
    expect(await install(commands)).toBe('installed');
    expect(await readdir(join(root, 'cuda'))).toEqual(['libx.so']);
    const words = (await readFile(join(root, 'words.txt'), 'utf8')).trim();
    expect(words).toContain('--no-deps --only-binary :all:');
    expect(words.endsWith(cudaWheels('1.30.0').join(' '))).toBe(true);
    expect(cudaWheels('1.30.0')[0]).toBe('onnxruntime-gpu==1.30.0');
    expect((await readdir(root)).sort()).toEqual(['cuda', 'python3', 'words.txt']);
  });

  it('leaves what was there when pip fails, is missing or is stopped, and says so', async () => {
    await mkdir(join(root, 'cuda', 'older'), { recursive: true });
    expect(await install([await python('echo half > "$DIR/libx.so"; exit 1')])).toMatchObject({
      code: 'download-failed',
    });
    expect(await install([join(root, 'no-python')])).toMatchObject({
      message: 'CUDA comes from PyPI, for which Python 3 with pip is missing.',
    });
    const abort = new AbortController();
    const working = install([await python('exec sleep 20')], abort.signal);
    setTimeout(() => abort.abort(), 200);
    expect(await working).toMatchObject({ code: 'cancelled' });
    expect(await readdir(join(root, 'cuda'))).toEqual(['older']);
  });

  it('has pip unpack beside the folder, not where the system keeps such files, and leaves nothing there', async () => {
    expect(await install([await python('echo "$TMPDIR" > "$DIR/where"; touch "$TMPDIR/half"')])).toBe(
      'installed',
    );
    expect((await readFile(join(root, 'cuda', 'where'), 'utf8')).trim()).toBe(join(root, 'cuda.unpacking'));
    expect((await readdir(root)).sort()).toEqual(['cuda', 'python3', 'words.txt']);
  });

  it('tells a Python that may not be run from one that is missing', async () => {
    await writeFile(join(root, 'locked'), '#!/bin/sh\n', { mode: 0o600 });
    const told = await install([join(root, 'locked')]);
    expect(told).toMatchObject({ code: 'download-failed' });
    expect(JSON.stringify(told)).toMatch(/locked cannot be started: .*EACCES/);
  });

  it('says where it cannot write', async () => {
    await writeFile(join(root, 'file'), '');
    const folder = join(root, 'file', 'cuda');
    const signal = new AbortController().signal;
    const failure = await installCuda({ folder, runtimeVersion: '1.30.0', python: [], signal }).catch(
      (thrown: unknown) => toAppError(thrown, 'model'),
    );
    expect(failure).toMatchObject({ code: 'file-unwritable' });
  });
});
