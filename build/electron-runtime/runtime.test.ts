import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../script.ts';

const run = promisify(execFile);

/** Needs no display, no GPU and no rights. */
const SWITCHES = ['--no-sandbox', '--disable-gpu', '--ozone-platform=headless'];

let app: string;
let electron: string;

beforeAll(async () => {
  const { stdout } = await run('npm', ['run', '-s', 'electron-path'], { cwd: ROOT });
  electron = stdout.trimEnd();
  app = await mkdtemp(join(tmpdir(), 'aloud-electron-'));
  const manifest = {
    name: 'small',
    productName: 'Small App',
    version: '1.2.3',
    type: 'module',
    main: 'out/index.js',
  };
  await writeFile(join(app, 'package.json'), JSON.stringify(manifest));
  await mkdir(join(app, 'out'));
  await writeFile(
    join(app, 'out', 'index.js'),
    `import { app, protocol } from 'electron';
const readyAtLoad = app.isReady();
// Electron allows this only before it is ready.
protocol.registerSchemesAsPrivileged([{ scheme: 'small', privileges: { standard: true } }]);
void app.whenReady().then(() => {
  const facts = {
    readyAtLoad,
    name: app.getName(),
    version: app.getVersion(),
    appPath: app.getAppPath(),
    userData: app.getPath('userData'),
    isPackaged: app.isPackaged,
    words: process.argv.slice(1),
  };
  process.stdout.write(JSON.stringify(facts) + '\\n', () => app.quit());
});
`,
  );
});

afterAll(() => rm(app, { recursive: true, force: true }));

async function factsOf(...words: string[]): Promise<unknown> {
  const env = { ...process.env, XDG_CONFIG_HOME: join(app, 'config') };
  const { stdout } = await run(electron, words, { cwd: app, env });
  return JSON.parse(stdout.split('\n').find((line) => line.startsWith('{')) ?? 'null');
}

describe('npm run -s electron-path', () => {
  it('prints one absolute path and nothing else', () => {
    expect(electron).toMatch(/^\/[^\n]+electron$/i);
  });
});

describe('that Electron', () => {
  it('loads an app whose main is an ES module before it is ready, under the app’s own name', async () => {
    const words = ['.', ...SWITCHES];
    expect(await factsOf(...words)).toEqual({
      readyAtLoad: false,
      name: 'Small App',
      version: '1.2.3',
      appPath: app,
      userData: join(app, 'config', 'Small App'),
      isPackaged: false,
      words,
    });
  });

  it('takes switches before and after the app', async () => {
    const userData = join(app, 'elsewhere');
    expect(
      await factsOf(...SWITCHES, '--inspect=0', app, `--user-data-dir=${userData}`, 'word'),
    ).toMatchObject({
      name: 'Small App',
      userData,
    });
  });
});
