/** Cuts a text that is too long for one utterance. */

/** Where a text is cut best, most wanted first: after a sentence, a clause, a word. */
const CUTS = [/[.!?]["']?\s/g, /[,;:]\s/g, /\s/g] as const;

/** The text in parts of at most `most` characters (a single word may be longer), cut at the best places that there are. */
export function splitText(text: string, most: number): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > most) {
    const at = cutBefore(rest, most);
    parts.push(rest.slice(0, at).trim());
    rest = rest.slice(at).trim();
  }
  return rest === '' ? parts : [...parts, rest];
}

function cutBefore(text: string, most: number): number {
  for (const cut of CUTS) {
    const ends = Array.from(text.slice(0, most + 1).matchAll(cut), (match) => match.index + match[0].length);
    // A cut in the first third would make a part too short to sound natural.
    const best = ends.findLast((end) => end > most / 3);
    if (best !== undefined) return best;
  }
  const space = text.indexOf(' ');
  return space > 0 ? space : text.length;
}
