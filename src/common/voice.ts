/** A voice as the library lists it and as an engine receives it. */
import { z } from 'zod';

/** The speech engines that Aloud knows. */
export const engineIdSchema = z.enum(['kokoro', 'higgs-audio']);
export type EngineId = z.infer<typeof engineIdSchema>;

/** The contents of `voices/<name>.json`. */
export const voiceCardSchema = z.object({
  /** Name shown to the person, for example "Heart". */
  name: z.string().min(1).max(80),
  /** BCP 47 tag of the language the voice speaks, for example "en-US". */
  language: z.string().min(2).max(35),
  licence: z.string().min(1).max(200),
  description: z.string().max(500).default(''),
  /** Published quality grade, "A" to "F" with + or -; '' when none is known. */
  grade: z.string().max(3).default(''),
});
export type VoiceCard = z.infer<typeof voiceCardSchema>;

/**
 * What an engine needs to speak with a voice. Paths are absolute and come from main's voice library (or the CLI's),
 * never from the renderer.
 */
export const voiceSourceSchema = z.discriminatedUnion('kind', [
  /** A Kokoro style table: raw little-endian float32 [510, 256]. */
  z.object({ kind: z.literal('style'), id: z.string(), path: z.string(), language: z.string() }),
  /** A recording to clone, with the path of its transcript. */
  z.object({
    kind: z.literal('reference'),
    id: z.string(),
    path: z.string(),
    transcriptPath: z.string(),
    language: z.string(),
  }),
  /** No voice at all: the one that a cloning model speaks with of itself. */
  z.object({ kind: z.literal('own'), id: z.string(), language: z.string() }),
]);
export type VoiceSource = z.infer<typeof voiceSourceSchema>;

/** Id of the voice that a cloning model has of itself; it is in the list when such a model is installed. */
export const OWN_VOICE_ID = 'higgs-own';

/** The engine that speaks with a voice. */
export function engineOf(voice: VoiceSource): EngineId {
  return voice.kind === 'style' ? 'kokoro' : 'higgs-audio';
}

/** Whether Kokoro can say anything in a language (a BCP 47 tag): its phonemes are made for English only. */
export function kokoroSpeaks(language: string): boolean {
  return language.toLowerCase().split('-')[0] === 'en';
}

/** A voice in the library's list. It holds no path: this is what the renderer sees. */
export interface VoiceListing extends VoiceCard {
  /** File name without its ending; unique in the library (the person's own voice hides a shipped one of the same id). */
  readonly id: string;
  readonly engine: EngineId;
  /** Where it comes from: the program, the person's folder, or a cloning model that has a voice of itself. */
  readonly origin: 'shipped' | 'own' | 'model';
  readonly isDefault: boolean;
  /** Why the voice cannot be used now, one sentence; '' when it can. */
  readonly problem: string;
}
