/**
 * A voice between two Kokoro voices: each number of its style table lies between those of the two, by the share of the
 * second. Kokoro's makers make voices this way too (`af` of v0.19 is Bella and Sarah in halves).
 */
import { z } from 'zod';
import type { VoiceCard } from './voice.ts';
import { PHRASES } from './strings/phrases.ts';

/** Two voices by their ids, and how much of each. */
export const blendSchema = z.object({
  first: z.string().min(1).max(200),
  second: z.string().min(1).max(200),
  /** Share of the second voice, 0 to 1. */
  share: z.number().min(0).max(1),
});
export type Blend = z.infer<typeof blendSchema>;

/** The longest licence that a card may hold; see `voiceCardSchema`. */
const LONGEST_LICENCE = 200;

/** Longer names are shortened in a description, which holds two of them. */
const LONGEST_NAME_IN_DESCRIPTION = 80;

/** The style table of a blend. Both tables have the same length. */
export function blendTables(first: Float32Array, second: Float32Array, share: number): Float32Array {
  return first.map((value, at) => value * (1 - share) + (second[at] ?? 0) * share);
}

/** The language that a blend speaks: that of the voice of which it has more, the first's where both are even. */
export function blendLanguage(first: string, second: string, share: number): string {
  return share > 0.5 ? second : first;
}

/** The card of a blend: what it is made of, and the licences of both. */
export function blendCard(name: string, first: VoiceCard, second: VoiceCard, share: number): VoiceCard {
  const percent = Math.round(share * 100);
  const part = (card: VoiceCard, of: number): string =>
    `${of}% ${card.name.slice(0, LONGEST_NAME_IN_DESCRIPTION)}`;
  return {
    name,
    language: blendLanguage(first.language, second.language, share),
    licence: bothLicences(first, second),
    description: `A blend: ${part(first, 100 - percent)}, ${part(second, percent)}.`,
    grade: '',
  };
}

function bothLicences(first: VoiceCard, second: VoiceCard): string {
  if (first.licence === second.licence) return first.licence;
  const both = `${first.licence}; ${second.licence}`;
  return both.length <= LONGEST_LICENCE
    ? both
    : PHRASES.blend.licencesOf(first.name, second.name).slice(0, LONGEST_LICENCE);
}
