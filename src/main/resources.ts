/** Where the program's own files lie: in a checkout beside `out/`, in an installed program under its resources. */
import { app } from 'electron';
import { join } from 'node:path';

/** Absolute paths of the program's own, read-only folders. */
export interface Resources {
  /** Built page. */
  readonly rendererFolder: string;
  /** Built preload script. */
  readonly preloadFile: string;
  /** The tray icon's picture. */
  readonly trayIcon: string;
  /** Data tables and the model catalog. */
  readonly modelsFolder: string;
  /** Voices that ship. */
  readonly voicesFolder: string;
  /** Entry file of a utility process, by its name. */
  readonly entry: (name: 'assistant' | 'speech' | 'speech-thread' | 'llm' | 'wav' | 'diagnostics') => string;
}

/** Finds the program's files. `outFolder` is the folder `out` of the build that runs. */
export function findResources(outFolder: string): Resources {
  const dataRoot = app.isPackaged ? process.resourcesPath : join(outFolder, '..');
  return {
    rendererFolder: join(outFolder, 'renderer'),
    preloadFile: join(outFolder, 'preload', 'preload.cjs'),
    trayIcon: join(outFolder, 'main', 'tray.png'),
    modelsFolder: join(dataRoot, 'models'),
    voicesFolder: join(dataRoot, 'voices'),
    entry: (name) => join(outFolder, 'main', `${name}.js`),
  };
}
