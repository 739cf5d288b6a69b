/** A markdown table, said row by row with the names of its header. */

/** The cells of a row, without the bars at its ends. */
export function cellsOf(row: string): readonly string[] {
  const inner = row
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replace(/\\\|/g, '|'));
}

/** Whether the row is the line of dashes under a header. */
export function isSeparator(row: string): boolean {
  return cellsOf(row).every((cell) => /^:?-+:?$/.test(cell));
}

/** "Name: Ada. Age: 36." An empty cell is left out; a cell without a header is said alone. */
export function rowText(header: readonly string[], cells: readonly string[]): string {
  const parts = cells.map((cell, i) => {
    const name = header[i] ?? '';
    if (cell === '' || /^[-–—]$/.test(cell)) return '';
    return name === '' ? cell : `${name}: ${cell}`;
  });
  const said = parts.filter((part) => part !== '');
  return said.length === 0 ? '' : `${said.join(', ')}.`;
}
