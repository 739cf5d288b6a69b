/** What the window's calls do with the voice library: new voices, removal, the default. What fails is thrown, and said by the gate. */
import { ok } from '../common/result.ts';
import { writeFileAtomically } from '../library/atomic-file.ts';
import { failWriting } from '../library/download-failures.ts';
import { newRecording } from '../library/new-recording.ts';
import type { OwnVoices } from '../library/own-voices.ts';
import { addVoiceFile, voiceToHandOn, writeVoiceFile } from '../library/voice-file.ts';
import { newBlend } from '../library/voice-blend.ts';
import type { VoiceLibrary } from '../library/voices.ts';
import type { BridgeCalls } from './bridge-handlers.ts';
import type { Desk } from './desk.ts';

export type VoiceCalls = Pick<
  BridgeCalls,
  | 'saveBlend'
  | 'saveRecording'
  | 'addVoiceFile'
  | 'saveVoiceFile'
  | 'removeVoice'
  | 'restoreVoice'
  | 'setDefaultVoice'
  | 'openVoicesFolder'
>;

export interface VoiceCallParts {
  readonly voices: VoiceLibrary;
  readonly ownVoices: OwnVoices;
  /** Absolute path of the person's own voices. */
  readonly ownVoicesFolder: string;
  readonly desk: Pick<Desk, 'openFolder' | 'askWhereToSaveVoice'>;
}

export function voiceCalls({ voices, ownVoices, ownVoicesFolder, desk }: VoiceCallParts): VoiceCalls {
  return {
    saveBlend: async ({ name, ...blend }) => ok(await ownVoices.add(await newBlend(voices, name, blend))),
    saveRecording: async (recording) => ok(await ownVoices.add(newRecording(recording))),

    addVoiceFile: async ({ name, text }) =>
      ok(await addVoiceFile({ library: voices, ownVoices }, text, name)),

    async saveVoiceFile(id) {
      const voice = await voiceToHandOn(voices, id);
      const path = await desk.askWhereToSaveVoice(voice.card.name);
      if (path === '') return ok('');
      await writeFileAtomically(path, writeVoiceFile(voice), 0o644).catch((thrown: unknown) =>
        failWriting(thrown, path),
      );
      return ok(path);
    },

    async removeVoice(id) {
      await ownVoices.remove(id);
      return ok(null);
    },

    async restoreVoice(id) {
      await ownVoices.restore(id);
      return ok(null);
    },

    async setDefaultVoice(id) {
      await ownVoices.setDefault(id);
      return ok(null);
    },

    openVoicesFolder: () => desk.openFolder(ownVoicesFolder),
  };
}
