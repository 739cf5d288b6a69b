/**
 * Links to the program itself, `aloud://…`, as the system hands them over among a start's words. Any page and any program can
 * open one, so a link can do little: it shows the window, and `aloud://prompt?text=…` puts a text into the prompt box. It is
 * never sent.
 */

/** Longest text that a link may bring, in characters (UTF-16 code units). */
const LONGEST_TEXT = 10_000;

/** What a link asks for. */
export type AloudLink = { readonly kind: 'show' } | { readonly kind: 'prompt'; readonly text: string };

/** The first link among a start's words; undefined when there is none. One that asks for nothing known shows the window. */
export function aloudLink(words: readonly string[]): AloudLink | undefined {
  const link = words.find((word) => /^aloud:/i.test(word));
  if (link === undefined) return undefined;
  const { host, searchParams } = URL.canParse(link) ? new URL(link) : new URL('aloud://show');
  const text = searchParams.get('text')?.trim() ?? '';
  return host === 'prompt' && text !== '' && text.length <= LONGEST_TEXT
    ? { kind: 'prompt', text }
    : { kind: 'show' };
}
