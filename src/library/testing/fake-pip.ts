/** A `python3` whose pip downloads wheels from a folder, with pip's own ways to fail. */
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export type PipFault =
  | 'none'
  /** Python is there, pip is not. */
  | 'no-pip'
  /** What pip says when the index cannot be reached. */
  | 'unreachable'
  /** Runs and brings nothing. */
  | 'hangs'
  /** The disk becomes full while it downloads. */
  | 'disk-full';

/**
 * Writes the program into `folder` and returns its path. It takes wheels named `NAME-VERSION.whl` from `shelf`, puts
 * them first into its temporary folder as pip does, and appends what it was asked for to `asked.txt` in `folder`; one that hangs leaves its process id in `pid.txt` there.
 */
export async function writeFakePip(folder: string, shelf: string, fault: PipFault = 'none'): Promise<string> {
  const path = join(folder, 'python3');
  await writeFile(path, program(folder, shelf, fault));
  await chmod(path, 0o755);
  return path;
}

function program(folder: string, shelf: string, fault: PipFault): string {
  const quoted = (value: string): string => JSON.stringify(value);
  return `#!${process.execPath}
const { appendFileSync, copyFileSync, existsSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const words = process.argv.slice(2);
const fault = ${quoted(fault)};
if (fault === 'no-pip') quit(process.argv[1] + ': No module named pip');
if (words.slice(0, 3).join(' ') !== '-m pip download') quit('ERROR: unknown command');
const [name, version] = words[3].split('==');
appendFileSync(join(${quoted(folder)}, 'asked.txt'), words[3] + '\\n');
if (fault === 'hangs') {
  writeFileSync(join(${quoted(folder)}, 'pid.txt'), String(process.pid));
  setTimeout(() => undefined, 600_000);
}
else if (fault === 'disk-full') quit("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device");
else download();

function download() {
  const wheel = join(${quoted(shelf)}, name + '-' + version + '.whl');
  if (fault === 'unreachable' || !existsSync(wheel)) {
    quit('ERROR: Could not find a version that satisfies the requirement ' + words[3] + ' (from versions: none)');
  }
  const landing = words[words.indexOf('--dest') + 1];
  const file = name.replaceAll('-', '_') + '-' + version + '-py3-none-any.whl';
  copyFileSync(wheel, join(process.env.TMPDIR, file));
  copyFileSync(join(process.env.TMPDIR, file), join(landing, file));
}

function quit(reason) {
  console.error(reason);
  process.exit(1);
}
`;
}
