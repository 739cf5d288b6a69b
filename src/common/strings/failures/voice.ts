/** What is said of failures of the voice: its engines, what they read, and the way of its sound. */
import type { FailureText } from './failure-text.ts';

const INSTALL_KOKORO_AGAIN = 'Install it again with: aloud models install kokoro-82m-int8';

const CHOOSE_ANOTHER_RECORDING = 'Choose another recording, or another voice.';

const START_AGAIN = 'Start Aloud again.';

export const VOICE_FAILURES = {
  voice: {
    slow: (label: string, rtf: number, ep: string, sentenceS: number, lateS: number): FailureText => ({
      message:
        `${label} needs ${rtf.toFixed(1)} seconds for each second of speech on this machine (${ep}): ` +
        `a sentence of ${sentenceS.toFixed(1)} seconds begins at least ${lateS.toFixed(1)} seconds late.`,
      hint: 'Go on and wait for each sentence, or choose a Kokoro voice.',
    }),
    stoppedBecause: (reason: string): FailureText => ({
      message: `The voice stopped unexpectedly: ${reason}.`,
    }),
    stopped: { message: 'The voice stopped unexpectedly.' },
    noneLoaded: { message: 'No voice is loaded yet.' },
  },
  voiceModel: {
    noSound: { message: 'The voice model gave no usable sound for this sentence.' },
    failed: { message: 'The voice model failed on this sentence.' },
  },
  kokoro: {
    notLoaded: { message: 'The Kokoro voice model is not loaded.' },
    speedOutOfRange: (slowest: number, fastest: number): FailureText => ({
      message: `The speed must lie between ${slowest} and ${fastest}.`,
    }),
    otherVoice: (id: string, what: string): FailureText => ({
      message: `The voice "${id}" is ${what}, which Kokoro cannot speak with.`,
      hint: 'Choose a Kokoro voice, or the Higgs Audio engine.',
    }),
    otherLanguage: (id: string, language: string): FailureText => ({
      message: `The voice "${id}" speaks ${language}; Aloud can say English only.`,
      hint: 'Choose an English voice.',
    }),
    notTheModel: (file: string, differences: string): FailureText => ({
      message: `${file} is not the Kokoro model: ${differences}.`,
      hint: INSTALL_KOKORO_AGAIN,
    }),
    notPrepared: (reason: string): FailureText => ({
      message: `The voice model could not be prepared: ${reason}.`,
      hint: INSTALL_KOKORO_AGAIN,
    }),
    doesNotRun: {
      message: 'The Kokoro voice model does not run on this machine.',
      hint: INSTALL_KOKORO_AGAIN,
    },
    calibrationUnreadable: (path: string): FailureText => ({
      message: `The calibration table cannot be read: ${path}.`,
      hint: 'Install Aloud again.',
    }),
    calibrationDamaged: (path: string): FailureText => ({
      message: `The calibration table is damaged: ${path}.`,
      hint: 'Install Aloud again.',
    }),
    calibrationOfAnother: {
      message: 'The calibration table was made for another model file.',
      hint: 'Install Aloud again.',
    },
    notInstalled: (path: string): FailureText => ({
      message: `The Kokoro voice model is not installed: there is no ${path}.`,
      hint: 'Install it with: aloud models install kokoro-82m-int8',
    }),
    unreadable: (path: string): FailureText => ({
      message: `The voice model cannot be read: ${path}.`,
      hint: 'Check that you may read the file and that its disk is in order.',
    }),
    damaged: (path: string): FailureText => ({
      message: `The voice model is damaged or not the official file: ${path}.`,
      hint: INSTALL_KOKORO_AGAIN,
    }),
    preparationStopped: { message: 'The preparation of the voice model was stopped.' },
    noRoom: (folder: string): FailureText => ({
      message: `The disk is full, so the voice model could not be prepared in ${folder}.`,
      hint: 'Free 200 MB and try again.',
    }),
    unwritable: (folder: string): FailureText => ({
      message: `The prepared voice model cannot be written to ${folder}.`,
      hint: 'Check that you may write to this folder.',
    }),
    fileDamaged: (path: string): FailureText => ({
      message: `The Kokoro voice model cannot be read: ${path} is damaged.`,
      hint: INSTALL_KOKORO_AGAIN,
    }),
    notOpenedOn: (ep: string): FailureText => ({
      message: `The Kokoro voice model cannot be opened on ${ep}.`,
    }),
  },
  higgs: {
    noneOfThem: (named: string, there: string): FailureText => ({
      message:
        named === '' ? 'No Higgs Audio model is installed.' : `There is no Higgs Audio model "${named}".`,
      hint: there === '' ? 'Add a model folder with: aloud models add FOLDER' : `There are: ${there}.`,
    }),
    fileNotOpened: (path: string, reason: string): FailureText => ({
      message: `The voice model's file ${path} cannot be opened: ${reason}.`,
      hint: 'Add the model folder again, with all its files.',
    }),
    fileNotOpenedOn: (path: string, ep: string, reason: string): FailureText => ({
      message: `The voice model's file ${path} cannot be opened on ${ep}: ${reason}.`,
      hint: 'Choose the processor (ep cpu), or install what is missing.',
    }),
    licenceWaits: (name: string): FailureText => ({
      message: `The model ${name} was not loaded: its licence waits for your consent.`,
      hint: 'Choose another voice, or use this one again to read the licence.',
    }),
    noEncoder: (name: string): FailureText => ({
      message: `The model "${name}" has no encoder, so it cannot clone a recording.`,
      hint: 'Use a model with one, or its own voice.',
    }),
    wrongCodes: { message: 'The encoder of the voice model gave codes of a wrong shape.' },
    noCodes: { message: 'The decode block of the voice model gave no codes.' },
    fileMissing: (name: string, path: string): FailureText => ({
      message: `The voice model lacks its file ${name}: there is no ${path}.`,
      hint: 'Add the model folder again, with all its files.',
    }),
    doesNotFit: (name: string, differences: string): FailureText => ({
      message: `${name} does not fit its model.json: ${differences}.`,
      hint: 'Export the model again with the script in build/higgs-audio, or correct its model.json.',
    }),
    failedIn: (name: string, reason: string): FailureText => ({
      message: `The voice model failed in ${name}: ${reason}`,
    }),
    notLoaded: { message: 'The Higgs Audio voice model is not loaded.' },
    ownPace: {
      message: 'Higgs Audio speaks at its own pace: its speed cannot be changed.',
      hint: 'Set the speed to 1, or choose a Kokoro voice.',
    },
    kokoroVoice: (id: string): FailureText => ({
      message: `The voice "${id}" is a Kokoro voice, which Higgs Audio cannot speak with.`,
      hint: 'Choose a recording to clone, or no voice for the model’s own.',
    }),
    tooLong: (id: string, name: string): FailureText => ({
      message: `The reference of voice "${id}" and the sentence are too long for the model "${name}".`,
      hint: 'Use a shorter recording.',
    }),
    noNumbers: {
      message: 'The voice model gave numbers that are none.',
      hint: 'A model in float16 can overflow: use one in int4 or float32.',
    },
    noModel: (folder: string, file: string): FailureText => ({
      message: `There is no voice model in ${folder}: it has no readable ${file}.`,
      hint: 'Add a model folder with: aloud models add FOLDER',
    }),
    noDescription: (path: string, problem: string): FailureText => ({
      message: `${path} is no description of a Higgs Audio model: ${problem}.`,
      hint: 'Export the model again, or correct the file.',
    }),
    tokenizerUnreadable: (path: string): FailureText => ({
      message: `The voice model's tokenizer cannot be read: ${path}.`,
      hint: 'Add the model folder again, with all its files.',
    }),
    tokenizerUnusable: (name: string): FailureText => ({
      message: `${name} is no tokenizer that Aloud can use.`,
      hint: 'Add the model folder again, with all its files.',
    }),
  },
  reference: {
    unreadable: (wav: string, id: string): FailureText => ({
      message: `The recording ${wav} of voice "${id}" cannot be read.`,
      hint: CHOOSE_ANOTHER_RECORDING,
    }),
    noWords: (wav: string, text: string): FailureText => ({
      message: `The words of ${wav} are missing: there is no readable ${text} beside it.`,
      hint: `Write what is said in the recording into ${text}.`,
    }),
    emptyWords: (text: string, wav: string): FailureText => ({
      message: `${text} is empty: it must hold the words of ${wav}.`,
      hint: `Write what is said in the recording into ${text}.`,
    }),
    faulty: (message: string): FailureText => ({ message: message, hint: CHOOSE_ANOTHER_RECORDING }),
  },
  ep: {
    unusable: (report: string): FailureText => ({
      message: `The voice cannot run as asked: ${report}.`,
      hint: 'Choose the processor (cpu), or install what is missing; aloud doctor looks at all of it.',
    }),
    goesOnOnProcessor: (reason: string): FailureText => ({
      message: 'The voice failed on the graphics processor, so it goes on on the processor.',
      hint: `What went wrong there: ${reason}`,
    }),
  },
  g2p: {
    unreadable: (path: string): FailureText => ({
      message: `The pronouncing data ${path} cannot be read.`,
      hint: 'Install Aloud again.',
    }),
    damaged: (path: string): FailureText => ({
      message: `The pronouncing data ${path} is damaged.`,
      hint: 'Install Aloud again.',
    }),
    homographsDamaged: { message: 'The homograph table is damaged.', hint: 'Install Aloud again.' },
    dictionaryDamaged: { message: 'The pronouncing dictionary is damaged.', hint: 'Install Aloud again.' },
    tableDamaged: (what: string): FailureText => ({
      message: `The ${what} is damaged.`,
      hint: 'Install Aloud again.',
    }),
    networkDamaged: {
      message: 'The network that pronounces unknown words is damaged.',
      hint: 'Install Aloud again.',
    },
    taggerDamaged: { message: 'The part-of-speech table is damaged.', hint: 'Install Aloud again.' },
  },
  speedCheck: {
    voiceStartedAnew: {
      message: 'The speed check ended, because the voice was started anew.',
      hint: 'Check again when the voice is ready.',
    },
    late: { message: 'The voice did not finish the speed check in time.' },
    whileSpeaking: {
      message: 'The speed is measured while nothing is being said.',
      hint: 'Stop the answer and check again.',
    },
    spokenMeanwhile: { message: 'The speed check ended, because something was to be said.' },
  },
  wav: {
    processStopped: { message: 'The process that wrote the WAV file stopped unexpectedly.' },
    diskFull: (path: string): FailureText => ({
      message: `The disk is full: ${path} could not be written.`,
      hint: 'Free some space and try again.',
    }),
    unwritable: (path: string, reason: string): FailureText => ({
      message: `The sound file ${path} cannot be written${reason}.`,
      hint: 'Choose another place for it.',
    }),
  },
  player: {
    notBuilt: (reason: string): FailureText => ({
      message: `The player could not be built: ${reason}.`,
      hint: START_AGAIN,
    }),
    rateUnsupported: (got: number, wanted: number): FailureText => ({
      message: `The voice gives ${got} samples a second, but the player was built for ${wanted}.`,
    }),
    noDevice: {
      message: 'No sound output device was found.',
      hint: 'Connect a loudspeaker or headphones, then send the prompt again.',
    },
    deviceSilent: {
      message: 'The sound output device does not start.',
      hint: 'Check that the device is switched on and not used up by another program, then send again.',
    },
  },
} as const;
