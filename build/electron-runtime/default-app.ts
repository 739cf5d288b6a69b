/**
 * The app inside the fallback runtime: does what Electron's own default app does for `electron FOLDER`. Everything is
 * awaited at the top level, because Electron holds back its `ready` event until this module has been evaluated: the
 * loaded app may still register schemes and switches.
 *
 * It is written into the runtime as plain JavaScript, so it imports nothing of ours.
 */
import { app } from 'electron';
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

interface Manifest {
  readonly name?: string;
  readonly productName?: string;
  readonly version?: string;
  readonly main?: string;
}

/** Switches may stand before and after the app; `-r MODULE` is the one that takes the next word. */
function parseWords(words: readonly string[]): { target: string | undefined; preloads: string[] } {
  const preloads: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (word === '-r' || word === '--require') {
      i++;
      const module = words[i];
      if (module !== undefined) preloads.push(module);
    } else if (!word.startsWith('-')) {
      return { target: word, preloads };
    }
  }
  return { target: undefined, preloads };
}

function introduce(folder: string, manifest: Manifest): void {
  const setAppPath: unknown = Reflect.get(app, 'setAppPath');
  if (typeof setAppPath === 'function') Reflect.apply(setAppPath, app, [folder]);
  const name = manifest.productName ?? manifest.name;
  if (name !== undefined) app.setName(name);
  const setVersion: unknown = Reflect.get(app, 'setVersion');
  if (manifest.version !== undefined && typeof setVersion === 'function')
    Reflect.apply(setVersion, app, [manifest.version]);
  if (!app.commandLine.hasSwitch('user-data-dir'))
    app.setPath('userData', join(app.getPath('appData'), app.getName()));
}

async function load(target: string, preloads: readonly string[]): Promise<void> {
  const path = resolve(target);
  const require = createRequire(join(path, 'package.json'));
  for (const module of preloads) require(module);
  if (!statSync(path).isDirectory()) {
    introduce(dirname(path), {});
    await import(pathToFileURL(path).href);
    return;
  }
  const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as Manifest;
  introduce(path, manifest);
  await import(pathToFileURL(join(path, manifest.main ?? 'index.js')).href);
}

Reflect.set(process, 'defaultApp', true);
if (process.argv.includes('--version') || process.argv.includes('-v')) {
  process.stdout.write(`v${process.versions.electron}\n`);
  process.exit(0);
}
const { target, preloads } = parseWords(process.argv.slice(1));
try {
  if (target === undefined) throw new Error('Name the folder of an app.');
  await load(target, preloads);
} catch (thrown) {
  process.stderr.write(`${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\n`);
  app.exit(1);
}
