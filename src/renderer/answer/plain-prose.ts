/**
 * Tells a paragraph that Markdown leaves as it is. Most of an answer is such prose; reading it by the whole of a Markdown
 * parser was half the work of scrolling through a long conversation.
 */

/**
 * One line that begins with a letter or an opening quote and holds nothing that CommonMark or GFM gives a meaning: no mark of
 * emphasis, code, link, table, entity or HTML; no `@`, `/` or `www.`, of which GFM makes links. Lists, headings, quotes and
 * rules begin otherwise.
 */
const PLAIN = /^["'“‘„«(]?\p{L}[\p{L}\p{M}\p{Nd} .,;:!?'"“”‘’„«»()%°€£…–—-]*$/u;

/**
 * Whether `source` is a paragraph whose text is `source` itself, but for spaces at its end. What grows from such prose stays
 * it until a mark comes, and is never such prose again.
 */
export function isPlainProse(source: string): boolean {
  return PLAIN.test(source) && !/www\./i.test(source);
}
