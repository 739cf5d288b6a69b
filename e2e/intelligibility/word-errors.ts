/** Word error rate: words wrong, missing and added, by the shortest way from one text to the other. */

export interface WordErrors {
  /** Words of the reference. */
  readonly words: number;
  readonly errors: number;
  /** What differs, as `expected→heard`; a missing word has nothing after the arrow, an added one nothing before it. */
  readonly differences: readonly string[];
}

/** Compares two lists of words (Levenshtein distance, every step costs one). */
export function wordErrors(expected: readonly string[], heard: readonly string[]): WordErrors {
  const cost = distances(expected, heard);
  const differences: string[] = [];
  let i = expected.length;
  let j = heard.length;
  while (i > 0 || j > 0) {
    const here = cost[i]?.[j] ?? 0;
    const same = i > 0 && j > 0 && expected[i - 1] === heard[j - 1];
    if (i > 0 && j > 0 && here === (cost[i - 1]?.[j - 1] ?? 0) + (same ? 0 : 1)) {
      if (!same) differences.unshift(`${expected[i - 1] ?? ''}→${heard[j - 1] ?? ''}`);
      i--;
      j--;
    } else if (i > 0 && here === (cost[i - 1]?.[j] ?? 0) + 1) {
      differences.unshift(`${expected[i - 1] ?? ''}→`);
      i--;
    } else {
      differences.unshift(`→${heard[j - 1] ?? ''}`);
      j--;
    }
  }
  return { words: expected.length, errors: differences.length, differences };
}

/** Distance of each beginning of `expected` from each beginning of `heard`. */
function distances(expected: readonly string[], heard: readonly string[]): number[][] {
  const cost: number[][] = [Array.from({ length: heard.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= expected.length; i++) {
    const row = [i];
    for (let j = 1; j <= heard.length; j++) {
      const above = cost[i - 1] ?? [];
      const step = expected[i - 1] === heard[j - 1] ? 0 : 1;
      row.push(Math.min((above[j - 1] ?? 0) + step, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    cost.push(row);
  }
  return cost;
}
