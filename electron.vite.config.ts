import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { resolve } from 'node:path';
import { drawIcon } from './build/icons/icon-art.ts';
import { encodePng } from './build/icons/image-files.ts';
import tailwindcss from 'tailwindcss';
import type { Plugin } from 'vite';
import tailwindConfig from './tailwind.config.ts';

const source = (path: string): string => resolve(import.meta.dirname, 'src', path);

export default defineConfig({
  main: {
    plugins: [trayPictures()],
    build: {
      outDir: 'out/main',
      // The oldest runtime that start and tests may use is Electron 33, which has Node 20.
      target: 'node20',
      rollupOptions: {
        input: {
          index: source('main/index.ts'),
          assistant: source('assistant/process.ts'),
          llm: source('llm/process.ts'),
          speech: source('speech/process.ts'),
          'speech-thread': source('speech/thread.ts'),
          cli: source('cli/aloud.ts'),
          wav: source('cli/wav-process.ts'),
          diagnostics: source('diagnostics/process.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: 'node20',
      // A sandboxed preload script is one CommonJS file.
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: source('preload/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    css: { postcss: { plugins: [tailwindcss(tailwindConfig)] } },
    build: {
      outDir: 'out/renderer',
      target: 'chrome130',
      minify: true,
      rollupOptions: { input: source('renderer/index.html') },
    },
  },
});

/** The tray icon's picture for usual and for dense screens, drawn by the same code as the packages' icons. */
function trayPictures(): Plugin {
  const picture = (fileName: string, size: number) =>
    ({ type: 'asset', fileName, source: encodePng(drawIcon(size), size) }) as const;
  return {
    name: 'tray-pictures',
    generateBundle() {
      this.emitFile(picture('tray.png', 24));
      this.emitFile(picture('tray@2x.png', 48));
    },
  };
}
