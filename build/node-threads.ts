/**
 * Worker threads that the source starts as `new Worker(new URL('./x-thread.ts', import.meta.url))`. In the built program each is
 * an entry file of its own; in tests the source runs as it is.
 */
import { dirname, posix, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';

/** A thread's entry as it stands in the source. */
const ENTRY = /new URL\('(\.\/([\w-]+-thread)\.ts)', import\.meta\.url\)/g;

/** What stands for it until its file has a name: the reference to an emitted chunk. */
const PLACEHOLDER = /__BUILT_THREAD_([\w$]+)__/g;

/** For the build: the entry is built as a file of its own. */
export function builtThreads(): Plugin {
  return {
    name: 'built-threads',
    enforce: 'pre',
    transform(code, id) {
      return withEntries(code, id, (path, name) => {
        const reference = this.emitFile({ type: 'chunk', id: path, name });
        return `new URL('__BUILT_THREAD_${reference}__', import.meta.url)`;
      });
    },
    renderChunk(code, { fileName }) {
      const named = code.replace(PLACEHOLDER, (_, reference: string) => {
        const path = posix.relative(posix.dirname(fileName), this.getFileName(reference));
        return path.startsWith('.') ? path : `./${path}`;
      });
      return named === code ? null : { code: named, map: null };
    },
  };
}

/** For tests: a worker thread inherits no loader for TypeScript on Node 20, so it is started with tsx's. */
export function sourceThreads(): Plugin {
  const tsx = import.meta.resolve('tsx/esm/api');
  return {
    name: 'source-threads',
    enforce: 'pre',
    transform: (code, id) =>
      withEntries(code, id, (path) => {
        const entry = pathToFileURL(path).href;
        const script = `import { tsImport } from '${tsx}'; await tsImport('${entry}', '${entry}');`;
        return `new URL(${JSON.stringify(`data:text/javascript,${encodeURIComponent(script)}`)})`;
      }),
  };
}

function withEntries(
  code: string,
  id: string,
  replacement: (path: string, name: string) => string,
): { code: string; map: null } | undefined {
  if (!id.endsWith('.ts') || !code.includes('-thread.ts')) return undefined;
  const replaced = code.replace(ENTRY, (_, entry: string, name: string) =>
    replacement(resolve(dirname(id), entry), name),
  );
  return replaced === code ? undefined : { code: replaced, map: null };
}
