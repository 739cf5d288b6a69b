/** The model's own text tokenizer, read from its `tokenizer.json`. */
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { z } from 'zod';
import { fail } from '../../../common/result.ts';
import { FAILURES } from '../../../common/strings/failures.ts';

export interface TextTokenizer {
  /** Token ids of a text; no special tokens are added. Special tokens written out in it become such tokens. */
  encode(text: string): number[];
}

/** Opens the tokenizer. Throws `AppFailure`: `model-missing` or `model-damaged`. */
export async function openTextTokenizer(folder: string, file: string): Promise<TextTokenizer> {
  const path = join(folder, file);
  let content: Record<string, unknown>;
  try {
    content = z.record(z.string(), z.unknown()).parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    fail('model-missing', 'model', FAILURES.higgs.tokenizerUnreadable(path), { cause });
  }
  try {
    const tokenizer = new Tokenizer(content, {});
    // A tokenizer that lacks its parts says so at its first use only.
    tokenizer.encode('a', { add_special_tokens: false });
    return { encode: (text) => tokenizer.encode(text, { add_special_tokens: false }).ids };
  } catch (cause) {
    return fail('model-damaged', 'model', FAILURES.higgs.tokenizerUnusable(basename(path)), { cause });
  }
}
