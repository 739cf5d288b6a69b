/** Reads one member of a wheel (a zip file) as a stream. */
import { openPromise } from 'yauzl';
import type { Readable } from 'node:stream';
import { SourceFailure } from './download-failures.ts';
import { PHRASES } from '../common/strings/phrases.ts';

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
    throw new SourceFailure(PHRASES.pip.packageDamaged(wheelName(wheel)), { cause });
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
  throw new SourceFailure(PHRASES.pip.packageLacks(wheelName(wheel), member));
}

function wheelName(path: string): string {
  return path.replace(/^.*[\\/]/, '').replace(/\.whl$/, '');
}
