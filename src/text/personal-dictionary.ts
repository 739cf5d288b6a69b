/**
 * The person's own dictionary, applied last: to the words that are to be said, after every other rule. Entries may change
 * while text is being read; the next sentence has the new ones.
 */
import type { DictionaryEntry } from '../common/dictionary.ts';
import type { Pronounced } from '../common/sentence.ts';
import { DEFAULT_SPEAKABLE_OPTIONS } from './options.ts';
import { createNormaliser } from './spoken/normaliser.ts';

/** A sentence's words with the dictionary applied. */
export interface Said {
  readonly spoken: string;
  /** Left out when no word has phonemes. */
  readonly pronounced?: readonly Pronounced[];
}

export class PersonalDictionary {
  private exact = new Map<string, DictionaryEntry>();
  private anyCase = new Map<string, DictionaryEntry>();
  private pattern: RegExp | undefined;

  /** Takes these entries in place of those before. */
  set(entries: readonly DictionaryEntry[]): void {
    this.exact = new Map();
    this.anyCase = new Map();
    for (const entry of entries) {
      const word = asSaid(entry.word);
      const table = word === word.toLowerCase() ? this.anyCase : this.exact;
      table.set(word, entry.kind === 'phonemes' ? entry : { ...entry, words: asSaid(entry.words) });
    }
    const words = [...this.exact.keys(), ...this.anyCase.keys()].sort((a, b) => b.length - a.length);
    const any = words.map(escaped).join('|');
    this.pattern =
      words.length === 0
        ? undefined
        : new RegExp(String.raw`(?<![\p{L}\p{M}])(?:${any})(?![\p{L}\p{M}])`, 'giu');
  }

  /** Applies the entries to the words of a sentence. */
  apply(spoken: string): Said {
    if (this.pattern === undefined) return { spoken };
    const pronounced: Pronounced[] = [];
    let said = '';
    let from = 0;
    for (const { 0: word, index } of spoken.matchAll(this.pattern)) {
      const entry = this.exact.get(word) ?? this.anyCase.get(word.toLowerCase());
      if (entry === undefined) continue;
      said += spoken.slice(from, index);
      from = index + word.length;
      if (entry.kind === 'respelling') {
        said += entry.words;
      } else {
        pronounced.push({ start: said.length, end: said.length + word.length, phonemes: entry.phonemes });
        said += word;
      }
    }
    said += spoken.slice(from);
    return pronounced.length === 0 ? { spoken: said } : { spoken: said, pronounced };
  }
}

const normalise = createNormaliser(DEFAULT_SPEAKABLE_OPTIONS);

/** A word of the dictionary as the rules before would have it said: "GPT-4" is "GPT four" by then. */
function asSaid(word: string): string {
  const said = normalise(word);
  return said === '' ? word : said;
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
