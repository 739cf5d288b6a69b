/**
 * Every text of the interface in one place for translation: the window's, the menus', the tray's and the dialogs'. What is said of
 * failures stands in `failures.ts`, what stands within such sentences in `phrases.ts`, the diagnostics' findings in `findings.ts`.
 */
import type { SpeedReport } from '../engine.ts';
import { LONGEST_S, SHORTEST_S, type FileFault, type SoundFault } from '../recording-rules.ts';
import { unreachable } from '../result.ts';
import { LONGEST_VOICE_NAME, type NameFault } from '../voice-name.ts';
import type { TurnOutcome } from '../sentence.ts';

/** How the whole window stands: the turn in hand, or the voice where there is none. */
export type StatusWord = 'starting' | 'ready' | 'resting' | 'streaming' | 'speaking' | TurnOutcome;

const STATUS: Readonly<Record<StatusWord, string>> = {
  starting: 'Starting',
  ready: 'Ready',
  resting: 'Resting',
  streaming: 'Streaming',
  speaking: 'Speaking',
  complete: 'Complete',
  stopped: 'Stopped',
  incomplete: 'Incomplete',
  failed: 'Failed',
};

/** What a speed check found, and what follows from it. */
function speedInWords({
  rtf,
  firstMs,
  startBufferMs,
  engineId,
  engine,
  ep,
  threads,
  variant,
}: SpeedReport): string {
  const way = variant === undefined ? ep : `${variant}, ${ep}`;
  const found = `A second of speech is made in ${rtf.toFixed(2)} s, the first sound of a sentence in ${Math.round(firstMs)} ms.`;
  const chosen = `Aloud runs ${engine} (${way}, ${threads === 1 ? 'one thread' : `${threads} threads`}) and begins to speak with ${Math.round(startBufferMs)} ms in hand.`;
  if (rtf < 1) return `${found} The voice keeps ahead of you. ${chosen}`;
  return `${found} That is slower than speech: you will wait between sentences. ${chosen} ${engineId === 'kokoro' ? 'Close other programs that use the processor, and check again.' : 'A Kokoro voice is faster.'}`;
}

/** A size as people write it, in decimal units. */
function megabytes(bytes: number): string {
  const [value, unit] = bytes >= 1e9 ? [bytes / 1e9, 'GB'] : [bytes / 1e6, 'MB'];
  return `${value.toLocaleString('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 })} ${unit}`;
}

function duration(seconds: number): string {
  const whole = Math.ceil(Math.max(0, seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.ceil(whole / 60)} min`;
  return `${Math.floor(whole / 3_600)} h ${Math.ceil((whole % 3_600) / 60)} min`;
}

/** A length of time with a tenth of a second. */
function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

export const STRINGS = {
  appName: 'Aloud',
  defaultPrompt: 'Tell me a short story about a robot learning to paint.',
  status: STATUS,
  /** Follows the status. */
  waitingForVoice: ' – waiting for the voice',
  /** Follows the status too. */
  restingNote: ': the voice loads again with your next prompt',
  conversation: 'Conversation',
  emptyTitle: 'What would you like to hear?',
  emptyConversation: 'Type a prompt and hear the answer while it is still being written.',
  emptyVoice: (voice: string): string => `${voice} will read it to you.`,
  continuePrompt: 'Go on exactly where your last answer broke off.',
  forgotten: (count: number): string =>
    count === 1
      ? 'The conversation’s first exchange is too long ago: the language model was not told of it.'
      : `The conversation’s first ${count} exchanges are too long ago: the language model was not told of them.`,
  navigation: 'Conversations and pages',
  showSidebar: 'Show the sidebar',
  hideSidebar: 'Hide the sidebar',
  conversations: {
    fresh: 'New conversation',
    list: 'Conversations',
    search: 'Search',
    none: 'Your conversations will be kept here, on this computer only.',
    noneFound: 'Nothing found.',
    more: (title: string): string => `More for “${title}”`,
    rename: 'Rename',
    title: 'Title',
    remove: 'Delete',
    deleted: 'The conversation was deleted.',
    undo: 'Undo',
    days: { today: 'Today', yesterday: 'Yesterday', week: 'Last seven days', older: 'Older' },
  },
  pages: {
    chat: 'Conversation',
    voices: 'Voices',
    models: 'Models',
    figures: 'Figures',
    diagnostics: 'Diagnostics',
    settings: 'Settings',
  },
  actions: {
    play: 'Play again',
    copy: 'Copy',
    copyCode: 'Copy the code',
    copied: 'Copied.',
    save: 'Save as WAV',
    savingWav: 'Writing the WAV file…',
    savedWav: (path: string): string => `Saved as ${path}`,
    regenerate: 'Ask again',
    edit: 'Edit and send again',
    goOn: 'Continue',
    editing: 'You are changing an earlier prompt. What followed it will be replaced.',
    cancelEdit: 'Cancel',
    jumpToEnd: 'To the end',
  },
  link: {
    question: 'Open this page in your browser?',
    open: 'Open',
    cancel: 'Cancel',
  },
  player: {
    label: 'Player',
    play: 'Play (Space)',
    pause: 'Pause (Space)',
    next: 'Next sentence (→)',
    previous: 'Previous sentence (←)',
    speed: 'Speed',
    speedOf: (speed: number): string => `${speed}×`,
    volume: 'Volume',
    mute: 'Mute',
    unmute: 'Sound on',
    output: 'Output device',
    defaultOutput: 'System default',
    unnamedOutput: (number: number): string => `Device ${number}`,
    outputGone: 'This output device is not there any more.',
    outputLost: 'The output device is gone; the system’s default one goes on.',
    noOutput: 'There is no output device. The voice waits until there is one again.',
  },
  voices: {
    sampleText: 'The north wind and the sun were disputing which of them was the stronger.',
    intro:
      'Voices that ship with Aloud and those in your own folder. Put a voice into that folder and it appears.',
    openFolder: 'Open your folder',
    addFile: 'Add a voice file…',
    saveFile: 'Save as a file…',
    savedTo: (path: string): string => `The voice was written to ${path}.`,
    fileTooLarge: (name: string): string => `${name} is too large to be a voice file.`,
    own: 'Your voices',
    ofModels: 'Voices of your models',
    shipped: 'Voices of Aloud',
    unusable: 'Cannot be used now',
    play: (name: string): string => `Play a sample of ${name}`,
    stop: 'Stop the sample',
    use: 'Use this voice',
    inUse: 'In use',
    isDefault: 'Default',
    makeDefault: 'Make default',
    madeDefault: (name: string): string =>
      `${name} speaks from now on where no other voice is chosen, also for the command “aloud”.`,
    more: (name: string): string => `More for ${name}`,
    remove: 'Remove',
    removed: (name: string): string => `The voice ${name} was removed.`,
    kept: (name: string): string => `The voice ${name} is in your folder now.`,
    favourite: (name: string): string => `Favourite: ${name}`,
    grade: (grade: string): string => `Grade ${grade}`,
    filter: 'Find a voice',
    none: 'No voice matches.',
    engines: { kokoro: 'Kokoro', 'higgs-audio': 'Higgs Audio' },
    drop: 'Let go to add this voice, or to make a voice of this recording',
  },
  /** Making a voice, whichever way. */
  newVoice: {
    name: 'Name',
    nameFaults: {
      empty: 'Give the voice a name.',
      'too-long': `The name is longer than ${LONGEST_VOICE_NAME} characters.`,
      'no-letter': 'The name needs a letter or a digit.',
      taken: 'There is already a voice of this name: choose another one.',
    } satisfies Record<NameFault, string>,
    file: (file: string): string => `Kept as ${file} in your voices folder.`,
    save: 'Save the voice',
    saving: 'Saving…',
    cancel: 'Cancel',
    close: 'Close',
  },
  blend: {
    open: 'Blend two voices',
    tooFew: 'A blend needs two Kokoro voices that can be used.',
    title: 'Blend two voices',
    intro: 'The new voice lies between two Kokoro voices. Move the slider and listen.',
    first: 'First voice',
    second: 'Second voice',
    same: 'Choose two different voices.',
    share: 'Mixture',
    shares: (first: string, firstPercent: number, second: string, secondPercent: number): string =>
      `${firstPercent}% ${first}, ${secondPercent}% ${second}`,
    play: 'Play the blend',
    stop: 'Stop',
  },
  recording: {
    open: 'Add a recording',
    title: 'A voice from a recording',
    intro: (shortestS: number, longestS: number): string =>
      `${shortestS} to ${longestS} seconds of one person speaking, without noise or music. A model that clones voices speaks in it; the recording stays on this computer.`,
    choose: 'Choose a file',
    orDrop: 'or drop one here: WAV, MP3, FLAC, OGG or M4A',
    another: 'Choose another file',
    onlyFirst: 'Several files were dropped: this is the first one.',
    reading: (file: string): string => `Reading ${file}…`,
    waveform: (file: string): string => `The recording ${file}`,
    start: 'Start of the part that is kept',
    end: 'End of the part that is kept',
    seconds: (s: number): string => `${s.toFixed(1)} seconds`,
    part: (s: number, levelDb: number): string =>
      `${s.toFixed(1)} s are kept, at a level of ${Math.round(levelDb)} dB.`.replace('-', '−'),
    partIsGood: 'Level and length are good.',
    play: 'Play this part',
    stop: 'Stop',
    transcript: 'What is said in this part, word for word',
    noWords: 'Write down what is said in this part.',
    tooManyWords: (characters: number, s: number): string =>
      `These ${characters} characters cannot be said in ${s.toFixed(1)} seconds: write down this part only.`,
    language: 'Language',
    consent: 'This is my voice, or its owner has agreed that I clone it.',
    consentNote:
      'A voice belongs to a person. Do not use it to make others believe that they said something.',
    noConsent: 'Without this agreement the voice cannot be kept.',
    file: (fault: FileFault): string => fileFaultSentence(fault),
    sound: (fault: SoundFault): string => soundFaultSentence(fault),
  },
  modelFolders: {
    title: 'Models that clone voices',
    intro:
      'With a Higgs Audio v2 model Aloud speaks in any voice of which there is a recording. The real model has not been run by the makers of Aloud: how it sounds and how fast it is on your machine, you will be the first to hear. A model folder runs as a program does: add only one whose maker you trust.',
    add: 'Add a model folder',
    size: (bytes: number): string => `${Math.max(1, Math.round(bytes / 1e6)).toLocaleString('en')} MB`,
  },
  models: {
    place: (folder: string): string => `New models go to ${folder}.`,
    free: (size: string): string => `${size} are free on that disk.`,
    none: 'The models are being looked for…',
    megabytes,
    kinds: { speech: 'Voice', llm: 'Language model' },
    states: {
      installed: 'Installed',
      outdated: 'A newer version is there',
      missing: 'Not installed',
      damaged: 'Damaged',
    },
    uses: { none: '', voice: 'The voice speaks with it', answers: 'It answers your prompts' },
    licence: (name: string): string => `Licence: ${name}`,
    unknownSize: 'Size unknown',
    isIn: 'It is in',
    wouldBeIn: 'It would go to',
    show: 'Show in folder',
    install: 'Install',
    update: 'Update',
    repair: 'Repair',
    remove: 'Remove',
    pause: 'Pause',
    resume: 'Resume',
    cancel: 'Cancel',
    retry: 'Try again',
    of: (what: string, label: string): string => `${what}: ${label}`,
    progress: (label: string): string => `Installation of ${label}`,
    amount: (received: number, total: number): string => `${megabytes(received)} of ${megabytes(total)}`,
    pace: (bytesPerSecond: number): string => `${megabytes(bytesPerSecond)}/s`,
    left: (seconds: number): string => `${duration(seconds)} left`,
    phases: {
      waiting: 'Another program is installing it. Waiting for that to finish.',
      downloading: 'Downloading',
      verifying: 'Checking what was received',
    },
    paused: 'Paused',
    preparing: 'Progress of the voice’s preparation',
    question: (label: string): string => `Remove ${label}?`,
    consequence: {
      none: '',
      voice: 'The voice speaks with it: until it is installed again, Aloud cannot speak.',
      answers: 'It answers your prompts: until it is installed again, choose another provider.',
    },
    deletes: (folder: string, size: number): string =>
      size > 0
        ? `${folder} and all that lies in it is deleted. That frees ${megabytes(size)}.`
        : `${folder} and all that lies in it is deleted.`,
    keep: 'Keep it',
    notOurs: 'It lies in a folder that Aloud only reads.',
    removed: (label: string): string => `${label} was removed.`,
    add: 'Add a model folder',
    addNote: 'A model folder runs as a program does: add only one whose maker you trust.',
  },
  figuresPage: {
    open: 'All figures',
    copy: 'Copy report',
    copyNote: 'The report holds these figures only: nothing of your conversations, no keys, not your name.',
    turn: 'This turn',
    noTurn: 'Send a prompt, and what happens when stands here.',
    milestones: {
      firstToken: 'First text',
      firstSentence: 'First sentence',
      firstChunk: 'First chunk',
      firstSound: 'First sound',
      done: 'Done',
    },
    step: 'Step',
    chart: 'Chart',
    sinceSend: 'From Send',
    sinceBefore: 'Took',
    notYet: '–',
    broken: 'not to scale',
    buffer: 'Buffer over time',
    noBuffer: 'Nothing has been played yet.',
    bufferSummary: (mostMs: number, lengthMs: number, gaps: number): string =>
      `Sound in hand over ${seconds(lengthMs)}: at most ${seconds(mostMs)}, ${gaps === 0 ? 'no gaps' : gaps === 1 ? 'one gap' : `${gaps} gaps`}.`,
    asTable: 'As a table',
    time: 'Time',
    inHand: 'Sound in hand',
    gap: 'Gap',
    seconds,
    spread: 'Your last prompts',
    spreadNote: (count: number): string =>
      count === 0
        ? 'None yet. The newest 50 are kept on this computer, over restarts.'
        : `Of the last ${count === 1 ? 'prompt' : `${count} prompts`}; up to 50 are kept on this computer, over restarts.`,
    figure: 'Figure',
    half: 'Half within (p50)',
    most: '95 % within (p95)',
    count: 'Prompts',
    compared: {
      firstTokenMs: 'First text',
      firstSentenceMs: 'First sentence',
      firstChunkMs: 'First chunk',
      firstSoundMs: 'First sound',
      rtf: 'Real-time factor',
      underruns: 'Gaps',
    },
    voice: 'The voice',
    engine: 'Engine',
    ep: 'Execution provider',
    why: 'Why',
    whyOnly: 'This engine is made for no other.',
    whySet: 'It was set.',
    threads: 'Threads',
    noVoice: 'No voice is loaded.',
    rtfNote: 'Below 1 the voice is made faster than it is heard.',
    memory: 'Processes',
    memoryNote:
      'Resident memory, asked every two seconds while this page is open. What processes share is counted in each.',
    process: 'Process',
    bytes: 'Memory',
    cpu: 'Processor',
    processes: {
      main: 'Main',
      page: 'Window',
      assistant: 'Assistant',
      speech: 'Voice',
      llm: 'Built-in language model',
      gpu: 'Drawing',
    },
    megabytes,
    percent: (value: number): string => `${Math.round(value)} %`,
  },
  diagnostics: {
    intro:
      'What Aloud needs on this computer, what is wrong with it and what to do. Nothing is sent anywhere unless you ask the provider.',
    list: 'Checks',
    again: 'Look again',
    askProvider: 'Ask the provider',
    copy: 'Copy report',
    looking: 'Looking at this computer…',
    states: { ok: 'all right', note: 'worth knowing', failed: 'needs you' },
    summary: (checks: number, failed: number): string =>
      failed === 0 ? `${checks} checks, nothing is wrong.` : `${checks} checks, ${failed} of them need you.`,
  },
  voicePlaces: {
    title: 'Where voices are computed',
    engines: { kokoro: 'Kokoro voices', 'higgs-audio': 'Cloned voices' },
    eps: {
      auto: 'Automatic',
      cpu: 'Processor',
      cuda: 'NVIDIA GPU (CUDA)',
      webgpu: 'GPU (WebGPU)',
      dml: 'GPU (DirectML)',
      coreml: 'Core ML',
    },
    cudaFolder: 'CUDA’s libraries',
    noCudaFolder: 'No folder chosen. “aloud cuda install” brings them.',
    cudaProblem: (problem: string): string => `CUDA cannot be used: ${problem}.`,
    choose: 'Choose a folder',
    forget: 'Forget it',
    now: (engine: string, ep: string): string => `${engine} runs on ${ep}`,
  },
  settings: {
    appearance: 'Appearance',
    theme: 'Theme',
    themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
    speaking: 'Speaking',
    pause: 'Pause between sentences',
    crossfade: 'Overlap of sentences',
    crossfadeNote: 'With an overlap there is no pause.',
    reading: 'What is said of an answer',
    codeBlocks: 'Code blocks',
    codeBlockModes: { announce: 'Announce', skip: 'Leave out', read: 'Read' },
    tables: 'Tables',
    tableModes: { rows: 'Row by row', skip: 'Leave out' },
    nameEmoji: 'Name emoji',
    readStageDirections: 'Read stage directions such as *sighs*',
    answering: 'Answering',
    systemPrompt: 'What the language model is told first',
    languageModel: 'Language model',
    languageModelNote: 'Who answers your prompts. The same choice stands below the prompt.',
    firstSteps: 'First steps',
    setUpAgain: 'Set up again',
    setUpAgainNote: 'Shows the page that a new installation begins with.',
    file: 'These settings as a file',
    fileNote: 'Keys are never written to it.',
    exportFile: 'Export…',
    importFile: 'Import…',
    exported: (path: string): string => `The settings were written to ${path}`,
    imported: (keptAddresses: readonly string[]): string =>
      keptAddresses.length === 0
        ? 'The settings were taken over.'
        : `The settings were taken over, but not the address of ${keptAddresses.join(', ')}: your key would have gone there.`,
    outside: 'While another program is in front',
    showHide: 'Show or hide Aloud',
    speakClipboard: 'Speak the clipboard',
    noShortcut: 'No shortcut',
    pressKeys: 'Press the keys',
    shortcutNote: 'Backspace takes a shortcut away, Escape leaves it as it was.',
    trayIcon: 'Icon in the system tray',
    memory: 'Memory',
    keepLoaded: 'Keep voice and built-in model loaded',
    keepLoadedAlways: 'Always',
    keepLoadedFor: (minutes: number): string =>
      `${minutes.toLocaleString('en')} ${minutes === 1 ? 'minute' : 'minutes'} after use`,
    keepLoadedNote:
      'Unloaded, they leave their memory to other programs. Typing a prompt loads them again, which takes a few seconds.',
    keys: 'Keyboard',
    shortcuts: [
      ['Send', 'Ctrl or ⌘ + Enter'],
      ['Play or pause', 'Space, outside of text'],
      ['Stop', 'Escape'],
      ['Previous, next sentence', '← →, outside of text'],
      ['New conversation', 'Ctrl or ⌘ + N'],
      ['Search conversations', 'Ctrl or ⌘ + K'],
      ['Settings', 'Ctrl or ⌘ + ,'],
      ['Larger, smaller, normal text', 'Ctrl or ⌘ + plus, minus, 0'],
    ],
  },
  setup: {
    title: 'Welcome to Aloud',
    intro:
      'Aloud speaks its answers while they are being written. The voice always runs on this computer; choose where the answers come from.',
    place: 'Where answers come from',
    places: { here: 'Everything on this computer', provider: 'Connect a provider' },
    placeNotes: {
      here: 'A small language model answers here. Nothing that you type leaves this computer.',
      provider: 'A larger language model elsewhere, or a server of your own, answers. Your prompts go there.',
    },
    provider: 'Provider',
    providerNote: 'Its model is chosen below the prompt.',
    models: 'What is needed',
    allThere: 'Everything that is needed is installed.',
    download: (size: string): string => `Download ${size}`,
    preparing: 'The voice is being prepared for this computer, once.',
    hear: 'Hear it',
    hearNote: 'A test sentence in the chosen voice.',
    play: 'Play a test sentence',
    stop: 'Stop',
    speed: 'Speed',
    speedNote: 'Measures how fast the voice is here. Nothing is heard meanwhile.',
    check: 'Check the speed',
    checking: 'Measuring…',
    found: speedInWords,
    start: 'Start',
    skip: 'Skip for now',
    waits:
      'Start is possible when what is needed is there. You can also skip this and come back by the settings.',
    cardTitle: 'Everything is installed',
    cardNote: 'Try how it sounds, or type a prompt below.',
    connect: 'Connect a provider',
    dismiss: 'Dismiss the first steps',
  },
  you: 'You',
  readAloud: 'Read aloud',
  answer: 'Answer',
  waiting: 'Waiting for the first words…',
  stoppedNote: 'Stopped. The pale part was not heard and is left out of the conversation.',
  stoppedBefore: 'Stopped before anything was heard.',
  sentenceSkipped: (sentence: string): string => `Left out when speaking: “${sentence}”`,
  prompt: 'Prompt',
  promptPlaceholder: 'Ask something, or type a text to be read aloud',
  send: 'Send',
  stop: 'Stop',
  sendTitle: 'Send (Ctrl+Enter or ⌘+Enter)',
  options: 'Voice and language model',
  stopTitle: 'Stop (Escape)',
  dismiss: 'Dismiss',
  voice: 'Voice',
  voicesUsable: 'Voices',
  voicesUnusable: 'Cannot be used now',
  voiceGone: (id: string): string => `${id} (not in the library)`,
  provider: 'Provider',
  providerDown: (label: string): string => `${label} (not running)`,
  model: 'Model',
  modelDefault: 'Server’s own choice',
  modelsUnknown: (reason: string): string => `The list of models is not available. ${reason}`,
  baseUrl: 'Base URL',
  baseUrlExample: 'http://127.0.0.1:8080/v1',
  key: 'Key',
  keyStored: 'A key is stored',
  keyMissing: 'Paste your key',
  keyOptional: 'Only if the server wants one',
  keyUntilQuit:
    'This system has no safe place for keys, only basic text: a key is kept in memory until you quit.',
  keyFromEnvironment: 'A key from the environment is used',
  test: 'Test',
  testing: 'Asking…',
  testAnswered: (model: string, ms: number): string => `${model} answered after ${(ms / 1000).toFixed(1)} s.`,
  saveKey: 'Save key',
  removeKey: 'Remove key',
  visualizer: 'The sound being played',
  figures: 'Figures of this turn',
  figureNames: {
    chunks: 'Chunks',
    buffer: 'Buffer',
    firstChunk: 'First chunk',
    firstSound: 'First sound',
    underruns: 'Gaps',
    rtf: 'Real-time factor',
  },
  ms: 'ms',
  noFigure: '–',
  /** What stands in the menu bar, in title case as menus are written. */
  menu: {
    settings: 'Settings…',
    file: 'File',
    newConversation: 'New Conversation',
    searchConversations: 'Search Conversations',
    view: 'View',
    conversation: 'Conversation',
    voices: 'Voices',
    models: 'Models',
    figures: 'Figures',
    diagnostics: 'Diagnostics',
  },
  tray: {
    showHide: 'Show or Hide Aloud',
    speakClipboard: 'Speak the Clipboard',
    stop: 'Stop',
    quit: 'Quit',
  },
  /** What is copied for whoever is to help. */
  reports: {
    diagnostics: 'Aloud diagnostics',
    figures: 'Aloud figures',
    noTurn: 'No turn yet.',
    lastPrompts: (count: number): string => `The last ${count} prompts (p50, p95, prompts that have it):`,
    memory: 'Memory:',
    voiceStarting: 'Voice: starting',
    voiceResting: 'Voice: resting',
    voiceFailed: (code: string): string => `Voice: failed (${code})`,
    voice: (engine: string, ep: string, threads: number): string =>
      `Voice: ${engine} on ${ep}, ${threads} thread(s)`,
    thisTurn: (state: string, provider: string): string => `This turn: ${state}, provider ${provider}`,
    sound: (chunks: number, gaps: number, rtf: string): string =>
      `chunks: ${chunks}, gaps: ${gaps}, real-time factor: ${rtf}`,
    buffer: 'buffer (ms at ms):',
    gap: 'gap',
  },
  /** The system's dialogs and what they ask. */
  dialogs: {
    notNow: 'Not now',
    voiceFiles: 'Voices of Aloud',
    settingsFiles: 'Settings of Aloud',
    importSettings: 'Import settings',
    modelFolder: 'Add a model folder',
    modelFolderNote: 'Choose the folder that holds model.json',
    licenceOf: (model: string): string => `Licence of ${model}`,
    beforeUse: (model: string): string => `Before you use ${model}`,
    use: 'Use it',
    cudaFolder: 'Folder with CUDA’s libraries',
    cudaFolderNote: 'Choose the folder that holds CUDA’s libraries or ONNX Runtime’s provider for it',
    endedTooOften: 'It ended several times within a few minutes and was not started again.',
    startAgain: 'Start again',
    updateThere: (version: string): string => `Aloud ${version} is there.`,
    download: 'Download it',
    updateReady: 'The new version is ready.',
    restart: 'Restart and install',
  },
  /** What the program does until the voice is ready. */
  progress: {
    loadingVoice: 'Loading the voice',
    startingVoiceAgain: 'Starting the voice again',
    preparingVoice: 'Preparing the voice, once',
    checkingVoice: 'Checking the voice on this machine, once',
    tryingVoiceOn: (ep: string): string => `Trying the voice on ${ep}`,
  },
} as const;

function fileFaultSentence(fault: FileFault): string {
  switch (fault.kind) {
    case 'empty':
      return 'The file is empty. Choose another one.';
    case 'unreadable':
      return 'The file cannot be read. Is it still there?';
    case 'no-sound':
      return 'This is no sound file. Choose a WAV, MP3, FLAC, OGG or M4A file.';
    case 'too-large':
      return `The file is larger than ${fault.limitMb} MB. Cut out the part that you want to keep, then choose that.`;
    case 'no-decoder':
      return `This build of Aloud has no decoder for ${fault.format}. Convert the file to WAV, then choose that.`;
    case 'damaged':
      return `The ${fault.format} file is damaged or cut off. Choose another one.`;
    case 'too-short':
      return `The recording lasts ${fault.seconds.toFixed(1)} seconds, and ${SHORTEST_S} are needed. Choose a longer one.`;
    case 'too-long':
      return `The recording is longer than ${fault.limitMinutes} minutes. Cut out the part that you want to keep, then choose that.`;
    default:
      return unreachable(fault);
  }
}

function soundFaultSentence(fault: SoundFault): string {
  switch (fault.kind) {
    case 'empty':
      return 'There is no sound in this part.';
    case 'too-short':
      return `This part lasts ${fault.seconds.toFixed(1)} seconds: at least ${SHORTEST_S} are needed.`;
    case 'too-long':
      return `This part lasts ${fault.seconds.toFixed(1)} seconds: at most ${LONGEST_S} can be kept.`;
    case 'silent':
      return 'This part is silent or far too soft. Move the ends to where somebody speaks, or record it louder.';
    case 'clipped':
      return 'This part was recorded too loud: its peaks are cut off. Choose another part, or record it again.';
    case 'no-speech':
      return 'This part does not sound like speech: its level hardly changes. Choose another part.';
    default:
      return unreachable(fault);
  }
}
