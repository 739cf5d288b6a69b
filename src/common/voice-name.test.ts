import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanVoiceName, LONGEST_ID, nameFault, VOICE_ID, voiceIdFor } from './voice-name.ts';

const HEART = { id: 'af_heart', name: 'Heart' };

describe('a name for a voice', () => {
  it.each([
    ['', 'empty'],
    [' \n\u200b ', 'empty'],
    ['n'.repeat(81), 'too-long'],
    ['…!?', 'no-letter'],
    ['Heart', 'taken'],
    ['  hEART ', 'taken'],
    ['af_heart', 'taken'],
    ['Heart 2', undefined],
    ['Ж', undefined],
    ['n'.repeat(80), undefined],
  ])('%j: %s', (name, fault) => {
    expect(nameFault(name, [HEART])).toBe(fault);
  });

  it('is kept as one line without what cannot be seen', () => {
    expect(cleanVoiceName(' My\u0000\t voice\n\u202e two ')).toBe('My voice two');
  });

  it('is the same however its accents are coded', () => {
    expect(nameFault('Zoe\u0308', [{ id: 'z', name: 'Zo\u00eb' }])).toBe('taken');
  });
});

describe('the file name of a voice', () => {
  it.each([
    ['Dove', 'Dove'],
    ['my-voice_1', 'my-voice_1'],
    ['Häwk & Dove', 'Hawk_Dove'],
    ['../../etc/passwd', 'etc_passwd'],
    ['--help', 'help'],
    ['Мой голос', 'voice'],
    ['Con', 'Con_voice'],
  ])('%j becomes %s', (name, id) => {
    expect(voiceIdFor(name, [])).toBe(id);
  });

  it('is numbered where it is taken, whatever its letter case', () => {
    expect(voiceIdFor('Dove', ['dove'])).toBe('Dove_2');
    expect(voiceIdFor('Dove', ['DOVE', 'dove_2'])).toBe('Dove_3');
  });

  it('is an id that the library takes, and a new one, for any name', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.array(fc.string(), { maxLength: 5 }),
        (name, others) => {
          const first = voiceIdFor(name, others);
          const second = voiceIdFor(name, [...others, first]);
          for (const id of [first, second]) {
            expect(id).toMatch(VOICE_ID);
            expect(id.length).toBeLessThanOrEqual(LONGEST_ID);
            expect(others).not.toContain(id);
          }
          expect(second).not.toBe(first);
        },
      ),
    );
  });
});
