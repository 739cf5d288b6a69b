/** Versions of what Aloud is built on, and whether ONNX Runtime loads at all. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { failed, fine, type Check } from '../check.ts';
import { FINDINGS } from '../../common/strings/findings.ts';

/** The versions as programs read them; `electron` and `chromium` are null in plain Node. */
interface RuntimeVersions {
  readonly aloud: string;
  readonly electron: string | null;
  readonly chromium: string | null;
  readonly node: string;
  readonly onnxruntime: string | null;
  readonly nodeLlamaCpp: string | null;
  readonly platform: string;
}

export const runtimeVersionsCheck: Check = {
  id: 'runtime versions',
  title: FINDINGS.versions.title,
  async run({ version, around: { platform } }) {
    const electron = versionOf('electron');
    const chrome = versionOf('chrome');
    const versions: RuntimeVersions = {
      aloud: version,
      electron: electron ?? null,
      chromium: chrome ?? null,
      node: process.versions.node,
      onnxruntime: await onnxRuntimeVersion(),
      nodeLlamaCpp: await llamaVersion(),
      platform: `${platform} ${process.arch}`,
    };
    const lines = [
      `Aloud ${versions.aloud}`,
      electron === undefined ? FINDINGS.versions.noElectron : `Electron ${electron}`,
      ...(chrome === undefined ? [] : [`Chromium ${chrome}`]),
      `Node ${versions.node}`,
      `ONNX Runtime ${versions.onnxruntime ?? FINDINGS.versions.doesNotLoad}`,
      `node-llama-cpp ${versions.nodeLlamaCpp ?? FINDINGS.versions.isMissing}`,
      versions.platform,
    ];
    const detail = `${lines.join(', ')}.`;
    if (versions.onnxruntime === null || versions.nodeLlamaCpp === null)
      return failed(detail, FINDINGS.versions.installAgain, versions);
    return fine(detail, versions);
  },
};

/** Plain Node has no Electron and no Chromium, whatever Electron's types say. */
function versionOf(name: string): string | undefined {
  return process.versions[name];
}

/** Loads the runtime: a library that the system lacks shows here. */
async function onnxRuntimeVersion(): Promise<string | null> {
  try {
    const { env } = await import('onnxruntime-node');
    return env.versions.node ?? env.versions.common;
  } catch {
    return null;
  }
}

/** Read from its package: loading it would start llama.cpp. */
async function llamaVersion(): Promise<string | null> {
  try {
    const entry = createRequire(import.meta.url).resolve('node-llama-cpp');
    const text = await readFile(join(dirname(entry), '..', 'package.json'), 'utf8');
    return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
  } catch {
    return null;
  }
}
