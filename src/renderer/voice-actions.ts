/** What a person can do with the library of voices: make one, take one away, make one the default. */
import type { SaveBlendArguments, SaveRecordingArguments } from '../common/ports/bridge.ts';
import { appError, err, ok, type AppError, type Result } from '../common/result.ts';
import { LARGEST_VOICE_FILE } from '../common/voice-file.ts';
import { chosenVoice } from './choices.ts';
import type { Clip } from './player/player.ts';
import type { StoreTools, Undo } from './store.ts';
import { STRINGS } from '../common/strings/interface.ts';

/** A voice in the making. */
export type VoiceWork =
  | { readonly kind: 'blend' }
  /** `file`: what was chosen or dropped; undefined while there is none. `others`: how many were dropped besides it. */
  | { readonly kind: 'recording'; readonly file: File | undefined; readonly others: number };

export interface VoiceActions {
  readonly loadVoices: () => Promise<void>;
  readonly beginVoice: (work: VoiceWork) => void;
  /** Leaves the voice in the making; what sounds of it is stopped. */
  readonly leaveVoice: () => void;
  /** Keeps a blend; why not, where it was not kept. */
  readonly saveBlend: (blend: SaveBlendArguments) => Promise<AppError | undefined>;
  /** Keeps a recording; why not, where it was not kept. */
  readonly saveRecording: (recording: SaveRecordingArguments) => Promise<AppError | undefined>;
  /** Adds the voice of a voice file that was chosen or dropped. */
  readonly addVoiceFile: (file: File) => Promise<void>;
  /** Writes a voice file where the person says. */
  readonly saveVoiceFile: (id: string) => Promise<void>;
  /** A voice file was opened with Aloud: shows the library with the new voice, and says its name. */
  readonly welcomeVoice: (id: string) => Promise<void>;
  readonly removeVoice: (id: string) => Promise<void>;
  readonly undoRemoval: (removal: Extract<Undo, { what: 'voice' }>) => Promise<void>;
  /** Makes a voice the one that speaks when none is chosen, and chooses none. */
  readonly makeDefault: (id: string) => Promise<void>;
  readonly openVoicesFolder: () => Promise<void>;
  /**
   * Plays a piece of sound in place of whatever sounds; `ended` is called when it is over. What stops it, or why it cannot be
   * played.
   */
  readonly playClip: (clip: Clip, ended: () => void) => Promise<Result<() => void>>;
}

export function voiceActions({ world, set, get, load, ask, tell, report }: StoreTools): VoiceActions {
  const { bridge, player } = world;
  const loadVoices = async (): Promise<void> => {
    await load(
      () => bridge.voices(),
      (voices) => ({ voices }),
    );
  };
  const nameOf = (id: string): string => get().voices.find((voice) => voice.id === id)?.name ?? id;
  const keep = async (call: () => Promise<Result<string>>): Promise<AppError | undefined> => {
    const kept = await ask(call);
    if (!kept.ok) return kept.error;
    await loadVoices();
    get().leaveVoice();
    tell(STRINGS.voices.kept(nameOf(kept.value)));
    return undefined;
  };
  const welcomeVoice = async (id: string): Promise<void> => {
    await loadVoices();
    set({ view: 'voices' });
    tell(STRINGS.voices.kept(nameOf(id)));
  };
  return {
    loadVoices,
    welcomeVoice,
    addVoiceFile: async (file) => {
      const { name } = file;
      if (file.size > LARGEST_VOICE_FILE) {
        report(tooLarge(name));
        return;
      }
      const text = await file.text();
      const added = await ask(() => bridge.addVoiceFile({ name, text }));
      if (added.ok) await welcomeVoice(added.value);
      else report(added.error);
    },
    saveVoiceFile: async (id) => {
      const saved = await ask(() => bridge.saveVoiceFile(id));
      if (!saved.ok) report(saved.error);
      else if (saved.value !== '') tell(STRINGS.voices.savedTo(saved.value));
    },
    beginVoice: (voiceWork) => set({ voiceWork, view: 'voices' }),
    leaveVoice: () => {
      if (get().sample !== undefined) get().stop();
      set({ voiceWork: undefined });
    },
    saveBlend: (blend) => keep(() => bridge.saveBlend(blend)),
    saveRecording: (recording) => keep(() => bridge.saveRecording(recording)),
    removeVoice: async (id) => {
      const name = nameOf(id);
      const wasChosen = chosenVoice(get()) === id;
      const removed = await load(
        () => bridge.removeVoice(id),
        () => ({}),
      );
      await loadVoices();
      if (!removed) return;
      if (get().settings?.voice === id) get().change({ voice: '' });
      tell(STRINGS.voices.removed(name), { what: 'voice', id, wasChosen });
    },
    undoRemoval: async ({ id, wasChosen }) => {
      const restored = await load(
        () => bridge.restoreVoice(id),
        () => ({ toast: undefined }),
      );
      await loadVoices();
      if (restored && wasChosen && chosenVoice(get()) !== id) get().change({ voice: id });
    },
    makeDefault: async (id) => {
      const made = await load(
        () => bridge.setDefaultVoice(id),
        () => ({}),
      );
      await loadVoices();
      if (!made) return;
      get().change({ voice: '' });
      tell(STRINGS.voices.madeDefault(nameOf(id)));
    },
    openVoicesFolder: async () => {
      await load(
        () => bridge.openVoicesFolder(),
        () => ({}),
      );
    },
    playClip: async (clip, ended) => {
      get().stop();
      const woken = await player.wake();
      return woken.ok ? ok(player.playClip(clip, ended)) : err(woken.error);
    },
  };
}

function tooLarge(name: string): AppError {
  return appError('voice-damaged', 'voice', { message: STRINGS.voices.fileTooLarge(name) });
}
