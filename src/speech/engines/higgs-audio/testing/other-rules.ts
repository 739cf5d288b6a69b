/** What other implementations do where Aloud does otherwise: the draws and the end that the goldens were made with. */
import type { StreamRules } from '../delay-pattern.ts';
import { probabilities, type Drawer } from '../sampler.ts';

/**
 * The end in Hugging Face's `generate()` (its delay pattern processor): the column with the first end mark stays as it is;
 * behind it the rows end one by one from the first on, until all have.
 */
export const huggingFaceRules: StreamRules = (drawn, step, stepsLeft, { codebooks, bos, eos }) => {
  const column = drawn.map((code, row) => (row >= step ? bos : code));
  if (stepsLeft === undefined) return { column, stepsLeft: column.includes(eos) ? codebooks : undefined };
  column.fill(eos, 0, codebooks - stepsLeft + 1);
  return { column, stepsLeft: column.every((code) => code === eos) ? 0 : stepsLeft - 1 };
};

/** Draws by the inverse of the cumulative distribution, from uniform numbers given for each step and row. */
export function uniformDrawer(
  main: readonly (readonly number[])[],
  again: readonly (readonly number[])[],
): Drawer & { readonly redraws: (readonly [number, number])[] } {
  const redraws: (readonly [number, number])[] = [];
  return {
    redraws,
    draw(scores, { step, row }, second) {
      if (second) redraws.push([step, row]);
      const uniform = (second ? again : main)[step]?.[row] ?? 0.5;
      const shares = probabilities(scores);
      const total = shares.reduce((sum, share) => sum + share, 0);
      let cumulative = 0;
      for (const [code, share] of shares.entries()) {
        cumulative += share;
        if (cumulative / total > uniform) return code;
      }
      return shares.findLastIndex((share) => share > 0);
    },
  };
}
