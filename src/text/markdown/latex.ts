/** Simple formulas in words. What is too involved to be followed by ear is said as "formula". */

const COMMANDS: Readonly<Record<string, string>> = {
  times: ' times ',
  cdot: ' times ',
  div: ' divided by ',
  pm: ' plus or minus ',
  mp: ' minus or plus ',
  le: ' is at most ',
  leq: ' is less than or equal to ',
  ge: ' is at least ',
  geq: ' is greater than or equal to ',
  neq: ' is not equal to ',
  ne: ' is not equal to ',
  approx: ' is approximately ',
  equiv: ' is equivalent to ',
  sim: ' is similar to ',
  propto: ' is proportional to ',
  to: ' to ',
  rightarrow: ' to ',
  implies: ' implies ',
  Rightarrow: ' implies ',
  infty: ' infinity ',
  in: ' in ',
  sum: ' the sum of ',
  int: ' the integral of ',
  prod: ' the product of ',
  partial: ' partial ',
  nabla: ' nabla ',
  forall: ' for all ',
  exists: ' there exists ',
  cup: ' union ',
  cap: ' intersection ',
  subset: ' subset of ',
  ldots: ' and so on ',
  cdots: ' and so on ',
  dots: ' and so on ',
  degree: ' degrees ',
  circ: ' degrees ',
  quad: ' ',
  qquad: ' ',
  left: '',
  right: '',
  ',': ' ',
  ';': ' ',
  '!': '',
  ' ': ' ',
  '%': ' percent ',
  $: ' dollars ',
  '&': ' and ',
  '#': ' number ',
};
const FUNCTIONS: Readonly<Record<string, string>> = {
  sin: 'sine',
  cos: 'cosine',
  tan: 'tangent',
  log: 'log',
  ln: 'natural log',
  exp: 'exp',
  lim: 'the limit',
  max: 'max',
  min: 'min',
  det: 'determinant',
  gcd: 'G C D',
};
const GREEK =
  `alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi
  psi omega varepsilon vartheta varphi`.split(/\s+/);
const TEXT_COMMANDS =
  /\\(?:text|mathrm|mathbf|mathit|mathsf|operatorname|textbf|textit|boxed|mathbb|mathcal)\s*\{([^{}]*)\}/g;
const POWERS: Readonly<Record<string, string>> = { '2': ' squared', '3': ' cubed' };
const FRACTIONS: Readonly<Record<string, string>> = {
  '1/2': 'one half',
  '1/3': 'one third',
  '1/4': 'one quarter',
  '2/3': 'two thirds',
  '3/4': 'three quarters',
};
/** Letters that name functions; `n(n+1)` is a product. */
const FUNCTION_NAME = /^[fghpquvFGHPETO]$/;
const OPERATORS: Readonly<Record<string, string>> = {
  '+': ' plus ',
  '-': ' minus ',
  '−': ' minus ',
  '=': ' equals ',
  '<': ' is less than ',
  '>': ' is greater than ',
  '*': ' times ',
  '/': ' over ',
};

/** An integral, sum or product with both of its limits. */
const BOUNDED = /\\(int|sum|prod)_(\{[^{}]*\}|\S)\s*\^(\{[^{}]*\}|\\?[a-zA-Z]+|\S)/g;

/** A limit without its braces. */
function bare(limit: string): string {
  return limit.replace(/[{}]/g, '');
}

/** The words for a LaTeX formula, without its delimiters. Numbers stay digits for the normaliser. */
export function latexWords(source: string): string {
  if (source.length > 200 || /\\begin|\\\\|&/.test(source)) return 'formula';
  let text = source.trim();
  for (let i = 0; i < 4; i++) text = text.replace(TEXT_COMMANDS, ' $1 ');
  text = text.replace(/(?<![\\a-zA-Z])([a-z])([a-z])(?=\^|$|[\s=+)])/g, '$1 $2');
  text = text.replace(BOUNDED, (_, name: string, from: string, to: string) => {
    const what = name === 'int' ? 'the integral' : name === 'sum' ? 'the sum' : 'the product';
    return ` ${what} from ${bare(from)} to ${bare(to)} of `;
  });
  text = text.replace(/\\lim_\{([a-zA-Z])\s*\\to\s*([^{}]*)\}/g, ' the limit as $1 goes to $2 of ');
  for (let i = 0; i < 4; i++) {
    text = text.replace(/\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, (_, top: string, bottom: string) => {
      const simple = FRACTIONS[`${top.trim()}/${bottom.trim()}`];
      return ` ${simple ?? `${top} over ${bottom}`} `;
    });
    text = text.replace(/\\sqrt\s*\[3\]\s*\{([^{}]*)\}/g, ' the cube root of $1 ');
    text = text.replace(/\\sqrt\s*\{([^{}]*)\}/g, ' the square root of $1 ');
    text = text.replace(/\^\s*(?:\{([^{}]*)\}|(\\circ|[A-Za-z0-9]))/g, (_, group?: string, single?: string) =>
      power((group ?? single ?? '').trim()),
    );
    text = text.replace(
      /_\s*(?:\{([^{}]*)\}|([A-Za-z0-9]))/g,
      (_, group?: string, single?: string) => ` sub ${group ?? single ?? ''} `,
    );
  }
  text = text.replace(/\\([A-Za-z]+|[^A-Za-z])/g, (_, name: string) => command(name));
  if (/[\\{}^_]/.test(text)) return 'formula';
  text = text.replace(/(\d)\s*([a-z](?![a-z]))/g, '$1 $2');
  text = text.replace(/(^|[=+(,]\s*)[-−](?=[\dA-Za-z])/g, '$1 negative ');
  text = text.replace(/(?<![a-zA-Z])([a-zA-Z]) ?\(([^()]*)\)/g, (_, name: string, inner: string) =>
    FUNCTION_NAME.test(name) || !/[-+−]/.test(inner) ? `${name} of ${inner} ` : `${name} times ${inner} `,
  );
  text = text.replace(/(?<=[\d)]) ?\(/g, ' times ');
  text = text.replace(/[-+−=<>*/]/g, (operator) => OPERATORS[operator] ?? ' ');
  text = text
    .replace(/[()[\]|]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return text === '' ? 'formula' : text;
}

function power(exponent: string): string {
  if (exponent === '\\circ') return ' degrees ';
  const known = POWERS[exponent];
  if (known !== undefined) return `${known} `;
  return ` to the power of ${exponent.replace(/^[-−]/, 'minus ')} `;
}

function command(name: string): string {
  const known = COMMANDS[name] ?? FUNCTIONS[name];
  if (known !== undefined) return known === '' ? '' : ` ${known} `;
  if (GREEK.includes(name)) return ` ${name.replace(/^var/, '')} `;
  if (GREEK.includes(name.toLowerCase())) return ` ${name.toLowerCase()} `;
  return /^[A-Za-z]/.test(name) ? '\\' : ' ';
}
