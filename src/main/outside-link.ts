/** Links that leave the program. */

/** Only these open in the person's browser or mail program; whatever else a system has programs for stays closed to links. */
const OUTSIDE = ['https:', 'http:', 'mailto:'];

/** The link as it may be opened outside, written out by the parser; undefined when it may not. */
export function outsideLink(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  return OUTSIDE.includes(parsed.protocol) ? parsed.href : undefined;
}
