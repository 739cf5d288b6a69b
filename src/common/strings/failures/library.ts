/** What is said of failures of what is kept in folders: models, voices, recordings, dictionaries, CUDA’s libraries. */
import type { FailureText } from './failure-text.ts';

const CATALOG_REMEDY =
  'Correct the file that ALOUD_CATALOG names, or, where that is not set, install Aloud again.';

const MAKE_SPACE =
  'Free some space and start the installation again, it goes on where it stopped; or set ALOUD_MODELS_DIR to a folder on another disk.';

export const LIBRARY_FAILURES = {
  models: {
    noModelFolder: (source: string, file: string): FailureText => ({
      message: `${source} is no model folder: it has no ${file}.`,
      hint: 'Choose the folder that the export script wrote.',
    }),
    alreadyThere: (name: string, target: string): FailureText => ({
      message: `There is already a model "${name}" in ${target}.`,
      hint: 'Give one of them another name in its model.json, or remove the other folder.',
    }),
    noRoom: (megabytes: number): FailureText => ({
      message: `There is no room for the model: it needs ${megabytes} MB.`,
      hint: 'Free some space and add it again.',
    }),
    notBrought: (target: string): FailureText => ({
      message: `The model could not be brought into ${target}.`,
      hint: 'Choose another models folder with ALOUD_MODELS_DIR, or give leave to write there.',
    }),
    damaged: (problem: string): FailureText => ({
      message: problem,
      hint: 'Export the model again, or add it again.',
    }),
    beingInstalled: {
      message: 'This model is being installed just now.',
      hint: 'Cancel the installation first.',
    },
    gone: (id: string): FailureText => ({
      message: `There is no model "${id}" any more.`,
      hint: 'Open the Models page again to see what there is.',
    }),
  },
  catalog: {
    unreadable: (path: string): FailureText => ({
      message: `The model catalog ${path} cannot be read.`,
      hint: CATALOG_REMEDY,
    }),
    damaged: (path: string, where: string): FailureText => ({
      message: `The model catalog ${path} is damaged (${where}).`,
      hint: CATALOG_REMEDY,
    }),
    noModel: (id: string, known: string): FailureText => ({
      message: `There is no model "${id}".`,
      hint: `The models are: ${known}.`,
    }),
  },
  install: {
    stopped: (label: string): FailureText => ({
      message: `The installation of the ${label} was stopped.`,
      hint: 'What was received is kept; start it again to go on.',
    }),
    failed: (label: string, reasons: string, id: string): FailureText => ({
      message: `The ${label} could not be downloaded: ${reasons}.`,
      hint: `Check the network connection and start the installation again (aloud models install ${id}); it goes on where it stopped.`,
    }),
    noRoom: (label: string, needed: number, folder: string, free: number): FailureText => ({
      message: `The ${label} needs ${needed} MB of free space in ${folder}, but there are only ${free} MB.`,
      hint: MAKE_SPACE,
    }),
    unusable: (label: string, what: string, id: string): FailureText => ({
      message: `The ${label} ${what}.`,
      hint: `Install it with: aloud models install ${id}`,
    }),
  },
  removal: {
    failed: (folder: string, reason: string): FailureText => ({
      message: `${folder} could not be removed (${reason}).`,
      hint: 'Another program may have it open, or the folder may not be changed: close that program, or check the permissions.',
    }),
    leftOver: (folder: string): FailureText => ({
      message: `What is left of a removed model in ${folder} could not be deleted.`,
      hint: 'Delete that folder yourself.',
    }),
    notOurs: (label: string, folder: string): FailureText => ({
      message: `The ${label} in ${folder} is not Aloud's to remove.`,
      hint: 'Delete the folder yourself if nothing else needs it.',
    }),
  },
  download: {
    diskFull: (path: string): FailureText => ({
      message: `The disk became full while writing ${path}.`,
      hint: MAKE_SPACE,
    }),
    unwritable: (path: string, reason: string): FailureText => ({
      message: `${path} cannot be written (${reason}).`,
      hint: 'Check the permissions of that folder, or set ALOUD_MODELS_DIR to another one.',
    }),
  },
  cuda: {
    linuxOnly: { message: 'CUDA is used on Linux with an x64 processor only.' },
    stopped: { message: 'The installation of CUDA was stopped.' },
    notStarted: (command: string, reason: string): FailureText => ({
      message: `${command} cannot be started: ${reason}.`,
      hint: 'Mend this Python, or name a folder with CUDA’s libraries (ALOUD_CUDA_DIR).',
    }),
    pipFailed: {
      message: 'pip could not install CUDA’s libraries: its reason stands above.',
      hint: 'Check the network connection and the room on the disk (about 6 GB while it is installed).',
    },
    noPip: {
      message: 'CUDA comes from PyPI, for which Python 3 with pip is missing.',
      hint: 'Install Python 3 with pip, or name a folder with CUDA’s libraries (ALOUD_CUDA_DIR).',
    },
    noLibraries: (folder: string): FailureText => ({
      message: `There are no libraries of CUDA in ${folder}.`,
      hint: 'Choose a folder that holds libcublas.so.13 and the like, a CUDA toolkit, or a Python environment with onnxruntime-gpu.',
    }),
  },
  dictionary: {
    unreadable: (path: string): FailureText => ({
      message: `The dictionary ${path} cannot be read.`,
      hint: 'Check its permissions.',
    }),
    notUnderstood: (path: string, lines: string): FailureText => ({
      message: `In the dictionary ${path} this is not understood: ${lines}.`,
      hint: 'Write each line as word = other words, or word = /phonemes/.',
    }),
  },
  voices: {
    noneNamed: (id: string, usable: string): FailureText => ({
      message: `There is no voice named "${id}".`,
      hint: usable === '' ? 'The voices folder holds no usable voice.' : `There are: ${usable}.`,
    }),
    needsCloning: (id: string): FailureText => ({
      message: `The voice "${id}" cannot speak: it needs a model that clones voices, and none is installed.`,
      hint: 'Add a model folder, or choose another voice.',
    }),
    notOwn: (id: string): FailureText => ({
      message: `The voice "${id}" is not in your own folder, so it cannot be removed.`,
    }),
    filesGone: (id: string): FailureText => ({
      message: `The voice "${id}" cannot be brought back: its files are gone.`,
    }),
    nameTakenMeanwhile: (id: string): FailureText => ({
      message: `The voice "${id}" cannot be brought back: there is another one of that name now.`,
      hint: 'Rename or remove the other one first.',
    }),
    nameTaken: (name: string): FailureText => ({
      message: `There is already a voice named "${name}".`,
      hint: 'Choose another name.',
    }),
    nameUnusable: (reason: string): FailureText => ({ message: reason, hint: 'Type another name.' }),
    diskFull: {
      message: 'The disk is full: your voices are as they were before.',
      hint: 'Free some space and try again.',
    },
    unwritable: (folder: string): FailureText => ({
      message: `Your voices folder cannot be written to: ${folder}.`,
      hint: 'Check who may write there, then try again.',
    }),
    damaged: (problem: string): FailureText => ({
      message: problem,
      hint: 'Repair the file or choose another voice.',
    }),
    folderUnreadable: (folder: string): FailureText => ({
      message: `The folder of voices cannot be read: ${folder}.`,
      hint: 'Install Aloud again.',
    }),
    fileGone: (id: string, path: string): FailureText => ({
      message: `The file of voice "${id}" is gone: ${path}.`,
      hint: 'Choose another voice.',
    }),
    noVoice: (id: string, what: string): FailureText => ({
      message: `The voice "${id}" is damaged or no voice: its file ${what}.`,
      hint: 'Repair the file or choose another voice.',
    }),
  },
  blend: {
    untriable: (folder: string): FailureText => ({
      message: `The blend cannot be tried: ${folder} cannot be written to.`,
      hint: 'Check that the disk is not full.',
    }),
    oneGone: { message: 'One of the two voices is gone.', hint: 'Choose another one.' },
    sameVoice: { message: 'A blend needs two different voices.', hint: 'Choose another one.' },
    noKokoro: (id: string): FailureText => ({
      message: `The voice "${id}" is no Kokoro voice and cannot be blended.`,
      hint: 'Choose a Kokoro voice.',
    }),
    unreadable: (id: string): FailureText => ({ message: `The file of the voice "${id}" cannot be read.` }),
    damaged: (id: string, what: string): FailureText => ({
      message: `The file of the voice "${id}" ${what}.`,
    }),
  },
  voiceFile: {
    partOfModel: (name: string): FailureText => ({
      message: `The voice "${name}" is a part of its model.`,
      hint: 'Choose a voice with a file of its own.',
    }),
    filesUnreadable: (name: string): FailureText => ({
      message: `The files of the voice "${name}" cannot be read.`,
    }),
    unreadable: (name: string): FailureText => ({
      message: `The voice file ${name} cannot be read.`,
      hint: 'Check that it is there and that you may read it.',
    }),
    faulty: (name: string, what: string, hint: string): FailureText => ({
      message: `The voice file ${name} ${what}.`,
      hint: hint,
    }),
  },
  recording: {
    noWords: { message: 'The words of the recording are missing.' },
    tooManyWords: (characters: number, seconds: number): FailureText => ({
      message: `The words have ${characters} characters, more than can be said in ${seconds.toFixed(1)} seconds.`,
    }),
    faulty: (what: string): FailureText => ({ message: `The recording ${what}.` }),
  },
} as const;
