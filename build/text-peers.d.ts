/** What the text benchmark uses of sentence splitters that come without types. */

declare module 'sbd' {
  export function sentences(text: string): string[];
}

declare module 'sentencex' {
  export default function segment(language: string, text: string): string[];
}
