/** Licences under which a package may be part of Aloud: those that let it be passed on within a program of another licence. */

const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
  'Unlicense',
  'WTFPL',
  'Zlib',
]);

/** Judges an SPDX expression of names, `AND`, `OR` and parentheses; whatever else there is in it is not allowed. */
export function isAllowedLicence(expression: string): boolean {
  const words = expression.match(/[()]|[^\s()]+/g) ?? [];
  let at = 0;
  const primary = (): boolean => {
    const word = words[at++];
    if (word !== '(') return word !== undefined && ALLOWED.has(word);
    const inner = either();
    return words[at++] === ')' && inner;
  };
  const both = (): boolean => {
    let allowed = primary();
    while (words[at] === 'AND') {
      at++;
      allowed = primary() && allowed;
    }
    return allowed;
  };
  const either = (): boolean => {
    let allowed = both();
    while (words[at] === 'OR') {
      at++;
      allowed = both() || allowed;
    }
    return allowed;
  };
  const allowed = either();
  return allowed && at === words.length;
}
