/**
 * Splits an utterance that is too long for one run of the model, never losing a phoneme: the parts joined are the input.
 * Cut where a reader would pause: after a sentence, else after a clause, else between words.
 */

/** The longest utterance of one run, in tokens without the two pads: the style table's last row is for it. */
export const MAX_TOKENS = 510;

/**
 * The length that parts of a too long utterance should have. Kokoro's makers find it at its best between 100 and 200
 * tokens and rushing above 400 (VOICES.md of hexgrad/Kokoro-82M); shorter parts also come sooner.
 */
const WANTED_TOKENS = 200;

/**
 * The longest utterance that stays whole where it has a pause, and the longest last part. The first sound of a longer one comes later
 * (the front runs on all of it), and the memory that it takes is kept.
 */
const LONGEST_WHOLE = 1.5 * WANTED_TOKENS;

/** What stands before a cut, the strongest pause last. */
const STRENGTHS = ['none', 'word', 'clause', 'sentence'] as const;
export type CutStrength = (typeof STRENGTHS)[number];

/** A part of an utterance and what kind of place its end is; the end of the input counts as 'none'. */
export interface PhonemePart {
  readonly phonemes: string;
  readonly cut: CutStrength;
}

/**
 * Splits phonemes of which each character is one token. An utterance of at most {@link LONGEST_WHOLE} is one part, and one of at most
 * {@link MAX_TOKENS} that has no pause where it would be cut.
 */
export function splitPhonemes(phonemes: string): readonly PhonemePart[] {
  const parts: PhonemePart[] = [];
  let rest = Array.from(phonemes);
  while (rest.length > LONGEST_WHOLE) {
    const { position, cut } = bestCut(rest);
    const isPause = cut === 'clause' || cut === 'sentence';
    if (parts.length === 0 && rest.length <= MAX_TOKENS && !isPause) break;
    parts.push({ phonemes: rest.slice(0, position).join(''), cut });
    rest = rest.slice(position);
  }
  if (rest.length > 0) parts.push({ phonemes: rest.join(''), cut: 'none' });
  return parts;
}

/** The least length of a part that was cut only to be said sooner, tokens: about two seconds. */
const LEAST_TOKENS = 30;

/** Splits phonemes at their pauses, where that leaves no part of less than {@link LEAST_TOKENS}; besides as above. */
export function splitAtPauses(phonemes: string): readonly PhonemePart[] {
  return splitPhonemes(phonemes).flatMap((part) => cutAtPauses(part));
}

function cutAtPauses({ phonemes, cut: last }: PhonemePart): PhonemePart[] {
  const parts: PhonemePart[] = [];
  const characters = Array.from(phonemes);
  let begin = 0;
  for (let position = LEAST_TOKENS; position <= characters.length - LEAST_TOKENS; position++) {
    const cut = strengthBefore(characters, position);
    if (position - begin < LEAST_TOKENS || (cut !== 'clause' && cut !== 'sentence')) continue;
    parts.push({ phonemes: characters.slice(begin, position).join(''), cut });
    begin = position;
  }
  return [...parts, { phonemes: characters.slice(begin).join(''), cut: last }];
}

/** The strongest cut between half the wanted length and the longest; of equally strong ones the nearest to the wanted. */
function bestCut(characters: readonly string[]): { position: number; cut: CutStrength } {
  const wanted = characters.length / Math.ceil(characters.length / WANTED_TOKENS);
  let best = { position: Math.round(wanted), cut: STRENGTHS[0] as CutStrength };
  const from = Math.ceil(wanted / 2);
  for (let position = from; position <= MAX_TOKENS && position < characters.length; position++) {
    const cut = strengthBefore(characters, position);
    const stronger = STRENGTHS.indexOf(cut) - STRENGTHS.indexOf(best.cut);
    const nearer = Math.abs(best.position - wanted) - Math.abs(position - wanted);
    if (stronger > 0 || (stronger === 0 && cut !== 'none' && nearer > 0)) best = { position, cut };
  }
  return best;
}

function strengthBefore(characters: readonly string[], position: number): CutStrength {
  const previous = characters[position - 1] ?? '';
  if (previous === '—') return 'clause';
  if (previous !== ' ') return 'none';
  let mark = position - 2;
  while ('")”'.includes(characters[mark] ?? ' ')) mark--;
  const before = characters[mark] ?? ' ';
  if ('.!?…'.includes(before)) return 'sentence';
  return ',;:—'.includes(before) || mark < position - 2 ? 'clause' : 'word';
}
