/** Stage directions between asterisks, such as `*sighs*` or `*clears throat*`. */

const VERBS = new Set(
  `sigh laugh chuckle giggle smile grin nod wink shrug pause whisper gasp groan yawn cough sniff sob cry gulp
  frown blush bow wave clap cheer hum sing whistle mutter mumble growl snort smirk squint stare gaze glance lean
  clear take look tilt raise roll shake scratch rub tap think ponder hesitate stutter stammer breathe inhale exhale
  beam cackle chortle cringe facepalm fidget flinch gesture grimace grunt gestures hug jump kiss lick moan murmur
  pat point purr scoff scream shiver shout shudder sip snap sneeze snicker snore squeal stretch swallow tremble twirl
  walk whimper wince wipe adjust rubs leans winks nuzzles bats crosses`
    .split(/\s+/)
    .map((verb) => verb.trim()),
);
const ADVERB =
  /^(?:softly|gently|quietly|loudly|nervously|slowly|warmly|happily|sadly|playfully|dramatically|\w+ly)$/;

/** The verb a third-person or -ing form comes from. */
function stem(word: string): readonly string[] {
  const forms = [word];
  if (word.endsWith('s')) forms.push(word.slice(0, -1));
  if (word.endsWith('es')) forms.push(word.slice(0, -2));
  if (word.endsWith('ies')) forms.push(`${word.slice(0, -3)}y`);
  if (word.endsWith('ing')) forms.push(word.slice(0, -3), `${word.slice(0, -3)}e`, word.slice(0, -4));
  return forms;
}

/**
 * Whether the text between asterisks is a stage direction. `whole` tells that no more will come; otherwise `maybe` asks for
 * the rest.
 */
export function isStageDirection(content: string, whole: boolean): 'yes' | 'no' | 'maybe' {
  const words = content
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const complete = whole ? words.length : words.length - 1;
  const at = ADVERB.test(words[0] ?? '') && complete > 0 ? 1 : 0;
  const verb = words[at];
  if (verb === undefined || at >= complete) return whole ? 'no' : 'maybe';
  const bare = verb.replace(/[^a-z]/g, '');
  const inflected = bare.endsWith('s') || bare.endsWith('ing');
  return inflected && stem(bare).some((form) => VERBS.has(form)) ? 'yes' : 'no';
}
