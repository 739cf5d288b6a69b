/** What NVIDIA's driver tells of itself and of the GPUs, where there is one. */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PHRASES } from '../../common/strings/phrases.ts';

export interface Gpu {
  readonly name: string;
  /** MiB; undefined where the driver's own command is not there to tell. */
  readonly memoryMib: number | undefined;
}

export interface NvidiaDriver {
  /** For example "580.95.05"; undefined without a driver. */
  readonly version: string | undefined;
  readonly gpus: readonly Gpu[];
}

/** How long the driver's command may take, ms: with a GPU that does not answer it hangs. */
const SMI_TIMEOUT_MS = 5_000;

/** Asks the driver's files and its command. Never throws. */
export async function readNvidiaDriver(
  procFolder = '/proc/driver/nvidia',
  command = 'nvidia-smi',
): Promise<NvidiaDriver> {
  const told = parseSmi(await askSmi(command));
  if (told.gpus.length > 0) return told;
  const version = await readFile(join(procFolder, 'version'), 'utf8').catch(() => '');
  const names: string[] = [];
  for (const id of await readdir(join(procFolder, 'gpus')).catch((): string[] => [])) {
    const text = await readFile(join(procFolder, 'gpus', id, 'information'), 'utf8').catch(() => '');
    names.push(/^Model:\s*(.+?)\s*$/m.exec(text)?.[1] ?? PHRASES.cuda.namelessGpu);
  }
  return {
    version: parseDriverVersion(version),
    gpus: names.map((name) => ({ name, memoryMib: undefined })),
  };
}

/** The version in `/proc/driver/nvidia/version`. */
export function parseDriverVersion(text: string): string | undefined {
  return /^NVRM version:.*?\s(\d+(?:\.\d+)+)\s/m.exec(text)?.[1];
}

/** Lines of `nvidia-smi --query-gpu=name,memory.total,driver_version --format=csv,noheader,nounits`. */
export function parseSmi(text: string): NvidiaDriver {
  const rows = text
    .split('\n')
    .map((line) => /^(.+),\s*(\d+|\[.*\]),\s*(\d+(?:\.\d+)+)\s*$/.exec(line.trim()))
    .filter((row) => row !== null);
  return {
    version: rows[0]?.[3],
    gpus: rows.map(([, name = '', memory = '']) => ({
      name,
      memoryMib: /^\d+$/.test(memory) ? Number(memory) : undefined,
    })),
  };
}

async function askSmi(command: string): Promise<string> {
  try {
    const query = ['--query-gpu=name,memory.total,driver_version', '--format=csv,noheader,nounits'];
    return (await promisify(execFile)(command, query, { timeout: SMI_TIMEOUT_MS })).stdout;
  } catch {
    return '';
  }
}
