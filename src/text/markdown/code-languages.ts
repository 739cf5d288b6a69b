/** How the info string of a code fence is said. */

const NAMES: Readonly<Record<string, string>> = {
  py: 'Python',
  python3: 'Python',
  js: 'JavaScript',
  javascript: 'JavaScript',
  jsx: 'JavaScript',
  ts: 'TypeScript',
  typescript: 'TypeScript',
  tsx: 'TypeScript',
  sh: 'shell',
  shell: 'shell',
  bash: 'Bash',
  zsh: 'shell',
  console: 'shell',
  powershell: 'PowerShell',
  ps1: 'PowerShell',
  cpp: 'C plus plus',
  'c++': 'C plus plus',
  cs: 'C sharp',
  csharp: 'C sharp',
  'c#': 'C sharp',
  fs: 'F sharp',
  fsharp: 'F sharp',
  rb: 'Ruby',
  rs: 'Rust',
  go: 'Go',
  golang: 'Go',
  kt: 'Kotlin',
  objc: 'Objective C',
  json: 'JSON',
  json5: 'JSON',
  yaml: 'YAML',
  yml: 'YAML',
  toml: 'TOML',
  xml: 'XML',
  html: 'HTML',
  css: 'CSS',
  scss: 'CSS',
  sql: 'SQL',
  md: 'Markdown',
  markdown: 'Markdown',
  tex: 'LaTeX',
  latex: 'LaTeX',
  dockerfile: 'Docker',
  graphql: 'GraphQL',
  php: 'PHP',
  vb: 'Visual Basic',
  r: 'R',
  c: 'C',
  diff: 'diff',
  ini: 'INI',
  csv: 'CSV',
  http: 'HTTP',
  asm: 'assembly',
  proto: 'Protocol Buffers',
  lua: 'Lua',
};
const UNNAMED = new Set(['', 'text', 'txt', 'plaintext', 'plain', 'output', 'none', 'code']);

/** "Code block in Python." for the info string "python". */
export function codeBlockAnnouncement(info: string): string {
  const id = (/^[^\s{,:]+/.exec(info)?.[0] ?? '').toLowerCase();
  if (UNNAMED.has(id)) return 'Code block.';
  const name = NAMES[id] ?? (/^[a-z]{2,20}$/.test(id) ? `${id[0]?.toUpperCase() ?? ''}${id.slice(1)}` : '');
  return name === '' ? 'Code block.' : `Code block in ${name}.`;
}
