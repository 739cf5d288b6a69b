/** Addresses, file names, paths, identifiers and hashes. */
import { digitWords } from './numbers.ts';
import type { Rewrite } from './rule.ts';

const TOP_LEVEL =
  `com|org|net|edu|gov|mil|int|io|ai|dev|app|co|uk|us|de|fr|es|it|nl|eu|ca|au|jp|cn|in|br|ru|ch|at|be|se|no|dk|fi|pl
  |info|biz|me|tv|xyz|tech|online|site|store|blog|cloud|local|internal|travel|museum|gg|ly|sh|so|to|fm`.replace(
    /\s/g,
    '',
  );
const EXTENSIONS =
  `pdf|docx?|xlsx?|pptx?|txt|md|csv|tsv|json|jsonl|ya?ml|toml|xml|html?|css|scss|jsx?|tsx?|mjs|cjs|py|ipynb|rb|rs|go
  |java|kt|c|cpp|h|hpp|cs|php|sh|bat|ps1|sql|db|sqlite|log|ini|cfg|conf|env|lock|png|jpe?g|gif|svg|webp|bmp|ico|tiff?|mp3|mp4|wav
  |ogg|flac|avi|mov|mkv|webm|zip|tar|gz|tgz|bz2|xz|7z|rar|exe|dmg|deb|rpm|apk|iso|bin|dll|so|onnx|gguf|pt|safetensors|swift|vue|lua|r
  |pl|tex|bib|epub|psd|ai|key|pages|numbers|bak|tmp|zsh|bash`.replace(/\s/g, '');

/** Extensions that are said as a word; the others are spelled. */
const SPOKEN_EXTENSIONS = new Set(
  `log lock env key pages numbers bin zip tar bat conf java go vue swift lua bash gif tiff text sqlite jpeg jpg json yaml yml toml
  onnx safetensors tmp ini rar iso so bib`.split(/\s+/),
);

const URL = new RegExp(
  String.raw`(?<![\w@])(?:[a-z][a-z0-9+.-]{1,20}:\/\/(?:\[[0-9a-f:.]+\])?|www\.)[^\s<>"'”’)\]]*`,
  'gi',
);
const EMAIL = /(?<![\w.+-])(?:mailto:)?([\w+-][\w.+'’-]*)@([\w-]+(?:\.[\w-]+)*\.[a-z][a-z0-9-]+)/gi;
const DOMAIN = new RegExp(
  String.raw`(?<![\w@./\\-])((?:[a-z0-9-]+\.)+(?:${TOP_LEVEL}))((?:\/[^\s<>"'”’)\]]*)?)(?![\w-])`,
  'gi',
);
const FILE = new RegExp(String.raw`(?<![\w./\\@-])((?:[\w-]+\.)+)(${EXTENSIONS})(?![\w-])(?!\.\w)`, 'gi');
const UNIX_PATH =
  /(?<![\w.\p{L}<:/¢$€£%°²³])(~?\/|\.{1,2}\/|(?:[\w.-]+\/){2,}|(?:src|lib|app|bin|etc|usr|docs?|test|tests|dist|build)\/)([\w.@+-]+(?:\/[\w.@+-]*)*)/gu;
const WINDOWS_PATH = /(?<![\w])([A-Za-z]):\\([\w .$-]*(?:\\[\w.$-]+)*)/g;
const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi;
const HASH = /(?<![\w-])(?:(sha\d{1,3}|md5):)?(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])([0-9a-f]{7,64})(?![\w-])/gi;
/** `2001:db8::1`. */
const IPV6 =
  /(?<![\w:])(?=[0-9a-f:]*\d)(?:(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*)?::(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*)?)(?![\w:])/gi;
/** `00:1A:2B:3C:4D:5E`. */
const MAC = /(?<![\w:-])[0-9a-f]{2}(?:([:-])[0-9a-f]{2})(?:\1[0-9a-f]{2}){4}(?![\w:-])/gi;
/** `#ff8800`. */
const COLOUR = /(?<![\w&])#(?=[0-9a-f]*\d)([0-9a-f]{6})(?!\w)/gi;
const HANDLE = /(?<![\w@.])@(?=[A-Za-z_])(\w+)/g;
const IP = /(?<![\w.])(\d{1,3}(?:\.\d{1,3}){3})(?::(\d{1,5})|\/(\d{1,2}))?(?![\w]|\.\d)/g;

/** Words for a run of characters in an address: letters stay, digits and signs become words. */
function spelled(part: string, number: (digits: string) => string = digitWords): string {
  return part
    .replace(/\d+/g, (digits) => ` ${number(digits)} `)
    .replace(/\./g, ' dot ')
    .replace(/_/g, ' underscore ')
    .replace(/-/g, ' dash ')
    .replace(/\+/g, ' plus ')
    .replace(/@/g, ' at ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** "example dot com" for a host, without `www.` and port. */
function hostWords(host: string): string {
  const bare = host.replace(/^www\./i, '').replace(/:\d+$/, '');
  if (/^\[::1\]/.test(host)) return 'localhost';
  if (host.startsWith('[')) return ipv6Words(host.replace(/[[\]]|(?<=\]):\d+$/g, ''));
  if (/^\d+(\.\d+){3}$/.test(bare)) return ipWords(bare);
  return spelled(bare);
}

function ipWords(address: string): string {
  return address.split('.').map(digitWords).join(' dot ');
}

/** "two zero zero one colon D B eight colon colon one". */
function ipv6Words(address: string): string {
  return address
    .split(/(:+)/)
    .map((part) => (part.startsWith(':') ? part.replace(/:/g, ' colon') : characters(part)))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** "three F A" for "3fa". */
function characters(run: string): string {
  return Array.from(run.toUpperCase(), (c) => (/\d/.test(c) ? digitWords(c) : c)).join(' ');
}

function urlWords(url: string): string {
  const tail = /[.,;:!?]+$/.exec(url)?.[0] ?? '';
  const bare = url.slice(0, url.length - tail.length).replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');
  const host = (/^[^/?#]*/.exec(bare)?.[0] ?? '').replace(/^[^@]*@/, '');
  if (host === '') return `${pathWords(bare.replace(/^\/+/, ''))}${tail}`;
  return `${hostWords(host)}${tail}`;
}

/** The name of a file: dots and signs in words, the extension spelled unless it is a word. */
function fileWords(name: string): string {
  const parts = name.split('.').filter((part) => part !== '');
  const lead = name.startsWith('.') ? 'dot ' : '';
  return (
    lead +
    parts
      .map((part, i) => {
        if (i === 0) return stem(part);
        const known = new RegExp(`^(?:${EXTENSIONS})$`, 'i').test(part);
        if (!known || SPOKEN_EXTENSIONS.has(part.toLowerCase())) return stem(part);
        return spelled(part.toUpperCase());
      })
      .join(' dot ')
  );
}

/** A file's stem; digits are left for the rules for numbers. */
function stem(part: string): string {
  return part
    .replace(/_+/g, ' underscore ')
    .replace(/-+/g, ' dash ')
    .replace(/(\p{L})(\d)/gu, '$1 $2')
    .trim();
}

/** Up to 16 characters are said in groups of four, a longer hash only by its first eight. */
function hashWords(hash: string): string {
  const shown = hash.length > 16 ? hash.slice(0, 8) : hash;
  const groups = shown.match(/.{1,4}/g) ?? [];
  return groups.map(characters).join(', ');
}

function pathWords(path: string): string {
  return path
    .replace(/[/.]+$/, '')
    .split(/[/\\]/)
    .map((part) => (part === '~' ? 'tilde' : part === 'etc' ? 'E T C' : fileWords(part)))
    .join(' slash ')
    .trim();
}

/** Rewrites addresses, files, paths and hashes. */
export const webAddresses: Rewrite = (text, words) => {
  if (!/[./\\@:]|\d[a-f]|[a-f]\d|#\d/i.test(text)) return text;
  return text
    .replace(URL, urlWords)
    .replace(EMAIL, (_, user: string, host: string) => `${spelled(user)} at ${spelled(host)}`)
    .replace(MAC, (address: string) => address.split(/[:-]/).map(characters).join(', '))
    .replace(IPV6, (address: string) => ipv6Words(address))
    .replace(COLOUR, (_, colour: string) => characters(colour))
    .replace(IP, (_, address: string, port?: string, prefix?: string) => {
      const tail = port !== undefined ? ` port ${digitWords(port)}` : '';
      return `${ipWords(address)}${tail}${prefix === undefined ? '' : ` slash ${words.cardinal(prefix)}`}`;
    })
    .replace(WINDOWS_PATH, (_, drive: string, rest: string) => {
      const stop = /\.$/.exec(rest)?.[0] ?? '';
      const parts = rest.replace(/\.$/, '').split('\\').map(fileWords).join(' backslash ');
      return `${drive} colon backslash ${parts}${stop}`;
    })
    .replace(DOMAIN, (whole: string, host: string, path: string) =>
      isProduct(host) ? whole : `${hostWords(host)}${/[.,;:!?]+$/.exec(path)?.[0] ?? ''}`,
    )
    .replace(UNIX_PATH, (path: string) =>
      /\p{L}/u.test(path) && !isWordPair(path.replace(/\.$/, ''))
        ? `${pathWords(path)}${path.endsWith('.') ? '.' : ''}`
        : path,
    )
    .replace(FILE, (whole: string) =>
      isProduct(whole) || /^(?:[A-Za-z]\.)+[A-Za-z]$/.test(whole) ? whole : fileWords(whole),
    )
    .replace(UUID, (uuid) => uuid.split('-').map(hashWords).join(', '))
    .replace(HASH, (whole: string, name: string | undefined, hash: string) =>
      /^\d+[a-f]$/i.test(whole) ? whole : `${name === undefined ? '' : `${name} `}${hashWords(hash)}`,
    )
    .replace(/(?<=^|[\s"'“‘(])\.(?=\p{Ll}[\w-]+)/gu, 'dot ')
    .replace(HANDLE, (_, name: string) => `at ${spelled(name)}`)
    .replace(
      /(?<![\w.])([A-Za-z]+)\.(js|io|ai|py)\b/gi,
      (_, name: string, tail: string) => `${name} ${tail.toUpperCase()}`,
    )
    .replace(/(?<![\w.])\.NET\b/g, 'dot NET')
    .replace(/(?<=[\p{L}\d_)]{2})\.(?=\p{L}{2})(?<!\p{Ll}\.(?=\p{Lu}))(?!(?:com|m)\b)/gu, ' dot ')
    .replace(/\bASP dot NET\b/gi, 'ASP dot NET');
};

/** "and/or/but": alternatives, not a path. */
function isWordPair(path: string): boolean {
  return (
    /^\p{L}+(?:\/\p{L}+){1,3}$/u.test(path) &&
    !/^(?:src|lib|usr|etc|docs?|tests?|dist|build|bin|app)\//.test(path)
  );
}

/** Products whose names look like files or hosts. */
function isProduct(name: string): boolean {
  return /^(?:node|next|vue|three|express|react|d3|socket|chart|ember|backbone|nuxt|p5|alpine|discord|moment|deno)\.(?:js|io)$/i.test(
    name,
  );
}
