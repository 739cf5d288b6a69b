import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWav } from './wav-reader.ts';

/** A chunk whose length field may lie. */
const chunk = fc
  .tuple(
    fc.oneof(fc.constantFrom('fmt ', 'data', 'LIST', 'fact'), fc.string({ minLength: 4, maxLength: 4 })),
    fc.uint8Array({ maxLength: 64 }),
    fc.oneof(fc.constant(undefined), fc.constantFrom(0, 1, 0xffff_ffff, 0x7fff_ffff), fc.nat(100)),
  )
  .map(([name, body, claimed]) => {
    const head = Buffer.alloc(8);
    head.write(name, 'latin1');
    head.writeUInt32LE(claimed ?? body.length, 4);
    return Buffer.concat([head, body]);
  });

const file = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc
    .array(chunk, { maxLength: 5 })
    .map((chunks) => Buffer.concat([Buffer.from('RIFF\xff\xff\xff\x7fWAVE', 'latin1'), ...chunks])),
);

describe('a recording of any content', () => {
  it('is read as finite samples or refused, never thrown at', () => {
    fc.assert(
      fc.property(file, (bytes) => {
        const reading = readWav(bytes);
        if (reading.ok) expect(reading.sound.samples.every((sample) => Number.isFinite(sample))).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
