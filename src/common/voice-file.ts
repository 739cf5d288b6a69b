/** What window, main and packages know of the files by which voices are handed on; `library/voice-file.ts` reads them. */

/** How their names end. */
export const VOICE_FILE_ENDING = '.aloudvoice';

/** Their media type. */
export const VOICE_FILE_TYPE = 'application/x-aloud-voice';

/** The largest one, bytes: a recording of 30 s with two channels of 32 bits at 48,000 Hz has 15.4 million in Base64. */
export const LARGEST_VOICE_FILE = 16_000_000;

/** Whether a file's name is one of a voice file. */
export function isVoiceFileName(name: string): boolean {
  return name.toLowerCase().endsWith(VOICE_FILE_ENDING);
}
