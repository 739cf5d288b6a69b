/** The voices: those that ship must be there; what is wrong with one of the person's own is told. */
import { ownVoicesFolder } from '../../library/paths.ts';
import { openVoiceLibrary } from '../../library/voices.ts';
import { failed, fine, note, type Check } from '../check.ts';
import { FINDINGS } from '../../common/strings/findings.ts';

export const voicesCheck: Check = {
  id: 'voices',
  title: FINDINGS.voices.title,
  async run({ shippedVoices, around }) {
    const own = ownVoicesFolder(around);
    const voices = await openVoiceLibrary({ shipped: shippedVoices, own }).list();
    const count = (origin: string): number => voices.filter((voice) => voice.origin === origin).length;
    const broken = voices.filter(({ problem }) => problem !== '');
    const faults = broken.map(({ id, problem }) => `${id}: ${problem.replace(/\.$/, '')}`).join('; ');
    const detail =
      FINDINGS.voices.there(count('shipped'), count('own'), own) +
      (faults === '' ? '' : FINDINGS.voices.unusable(faults));
    const figures = { shipped: count('shipped'), own: count('own'), broken: broken.map(({ id }) => id) };
    if (
      voices.every(({ origin }) => origin !== 'shipped') ||
      broken.some(({ origin }) => origin === 'shipped')
    )
      return failed(detail, FINDINGS.voices.installAgain, figures);
    if (broken.length > 0) return note(detail, FINDINGS.voices.repair, figures);
    return fine(detail, figures);
  },
};
