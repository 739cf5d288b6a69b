/**
 * What the diagnostics find, in the window and in `aloud doctor`, and what to do about it: whole sentences, kept in one place for
 * whoever translates them.
 */

export const FINDINGS = {
  addedModel: {
    again: 'Export the model again, or add it again.',
    damaged: (folder: string, files: string): string =>
      `Damaged in ${folder}: ${files} differ from what model.json describes.`,
    noSums: 'its description names no SHA-256 to compare with',
    installed: (folder: string, compared: string, size: string): string =>
      `Installed in ${folder}; ${compared} (${size}).`,
    sumsRight: (count: number): string =>
      `the SHA-256 of ${count} ${count === 1 ? 'file is' : 'files are'} right`,
  },
  files: {
    startAloud: 'Start Aloud: it keeps the file under another name and begins a new one.',
    deleteKept: 'Delete what you do not want back.',
  },
  conversations: {
    title: 'Conversations',
    none: (path: string): string => `None yet (${path}).`,
    damaged: (path: string): string => `${path} is no file of conversations: it is damaged.`,
    readable: (kept: string, folder: string): string =>
      `The conversations can be read. Damaged ones were kept as ${kept} in ${folder}.`,
  },
  disk: {
    title: 'Disk',
    settings: 'settings and conversations',
    makable: 'what can be made again',
    free: (gigabytes: string, what: string, folder: string): string =>
      `${gigabytes} GB free for ${what} (${folder})`,
    locked: (detail: string, folders: string): string => `${detail} Cannot be written: ${folders}.`,
    leave: 'Give yourself leave to write there.',
    roomForSettings: 'Make room: settings and conversations may not be kept.',
    roomForModels: 'Make room before you install a model.',
  },
  ep: {
    title: 'Execution provider',
    onThisMachine: (inUse: string, lines: string): string => `${inUse} On this machine: ${lines}.`,
    missing: (ep: string): string =>
      `The setting asks for ${ep}, which cannot run here: choose "auto" or "cpu", or install what is missing.`,
    voiceNotLoaded: 'The voice is not loaded: look at what failed below.',
    others: 'Each voice engine tries those that can be there and takes the fastest that is right.',
    noVoice: (others: string): string => `No voice is loaded. ${others}`,
    onlyOne: (engine: string, ep: string): string => `${engine} runs on ${ep}; it is made for no other.`,
    asSet: (engine: string, ep: string): string => `${engine} runs on ${ep}, as was set.`,
    tried: (engine: string, ep: string, tried: string): string => `${engine} runs on ${ep}. Tried: ${tried}.`,
    canBeTried: 'can be tried',
  },
  catalog: {
    title: 'List of models',
    installable: (count: number, folder: string): string =>
      `${count} models can be installed; new ones go to ${folder}.`,
  },
  models: {
    install: (id: string): string => `Install it with: aloud models install ${id}`,
    notInstalled: (folder: string): string => `Not installed; its place is ${folder}.`,
    older: (folder: string): string => `An older version is installed in ${folder}.`,
    update: (id: string): string => `Update it with: aloud models install ${id}`,
    installed: (folder: string, size: string): string =>
      `Installed in ${folder}; sizes and SHA-256 are right (${size}).`,
    damaged: (folder: string, faults: string): string => `Damaged in ${folder}: ${faults}.`,
    fileWhole: 'is whole',
    fileMissing: 'is missing',
    fileWrongSize: 'has the wrong size',
    fileOther: 'has another content than was published (its SHA-256 differs)',
    installIfWanted: (id: string): string =>
      `Only if you want it: install it with: aloud models install ${id}`,
  },
  processor: {
    title: 'Processor and memory',
    memory: (free: string, all: string): string => `${free} of ${all} GB of memory free.`,
    closePrograms: 'Close programs that take much memory: the voice may be slow or end.',
    otherPrograms: 'Other programs fill the processor: the voice may pause.',
    load: (load: number): string => `Load ${load.toFixed(1)}.`,
    threads: (count: number): string => `The voice runs on ${count} ${count === 1 ? 'thread' : 'threads'}.`,
    cores: (cpu: string, count: number): string => `${cpu}, ${count} ${count === 1 ? 'core' : 'cores'}.`,
  },
  provider: {
    title: 'Network to the provider',
    notAsked: 'Not asked: nothing is sent unless you want it.',
    askByCommand: 'Ask with: aloud doctor --provider ID',
    askByButton: 'Press “Ask the provider”.',
    noNetwork: (label: string): string => `${label} needs no network.`,
    answered: (label: string, models: number): string =>
      `${label} answered; it offers ${models} ${models === 1 ? 'model' : 'models'}.`,
  },
  versions: {
    title: 'Versions',
    noElectron: 'no Electron (command line)',
    installAgain: 'Install Aloud again: a part of it is missing or not made for this system.',
    isMissing: 'is missing',
    doesNotLoad: 'does not load',
  },
  sound: {
    title: 'Sound output',
    onlyTheApp: 'Only the app can tell: the command line writes files and plays nothing.',
    openDiagnostics: 'Open Diagnostics in the app.',
    noDevice: 'There is no sound output device.',
    connect: 'Connect a loudspeaker or headphones.',
  },
  variant: {
    title: 'Self-check of the voice',
    notMade: 'Not made on this machine yet.',
    slower: 'The prepared graphs were wrong or slower here; speech works, but begins later.',
    threads: (threads: number, figures: string): string =>
      `A run has ${threads === 1 ? 'one thread' : `${threads} threads`} (${figures}).`,
    withThreads: (threads: number, rtf: number, firstMs: number): string =>
      `${threads}: real-time factor ${rtf}, first sound after ${firstMs} ms`,
    tried: (variant: string, differenceDb: number | null, rtf: number, firstMs: number): string =>
      `${variant}: ${differenceDb ?? '?'} dB off, real-time factor ${rtf}, first sound after ${firstMs} ms`,
    chosen: (
      variant: string,
      on: { readonly cpu: string; readonly cores: number; readonly runtime: string },
      day: string,
      tried: string,
    ): string =>
      `${variant} was chosen on ${on.cpu} with ${on.cores} cores and ONNX Runtime ${on.runtime} (${day}): ${tried}.`,
  },
  voices: {
    title: 'Voices',
    there: (shipped: number, own: number, folder: string): string =>
      `${shipped} that ship, ${own} of your own in ${folder}.`,
    unusable: (faults: string): string => ` Cannot be used: ${faults}.`,
    installAgain: 'Install Aloud again: a voice that ships is missing or damaged.',
    repair: 'Repair or remove these files in your voices folder.',
  },
  settings: {
    title: 'Settings',
    unreadable: 'it cannot be read',
    version: (version: number): string => `its version is ${version}`,
    damaged: (path: string, problem: string): string =>
      `${path} is damaged (${problem}), so the default settings are used.`,
    newer: (path: string, problem: string): string =>
      `${path} was written by a newer Aloud (${problem}), so the default settings are used.`,
    installNewer:
      'Install the newer Aloud again, or start this one: it keeps the file under another name and begins a new one.',
    readable: (kept: string, folder: string): string =>
      `The settings can be read. Others that could not be used were kept as ${kept} in ${folder}.`,
    none: (path: string): string => `None yet: the defaults are used (${path}).`,
    whole: (path: string): string => `Whole: ${path}.`,
  },
  prepared: {
    title: 'Prepared voice',
    makeAgain: (id: string): string => `Make it again with: aloud models install ${id}`,
    noModel: 'The voice model is not installed, so nothing is prepared.',
    notThere: (reason: string): string => `Not there: ${reason}.`,
    madeAtLoad: 'It is made when the voice is next loaded.',
    damaged: (folder: string, files: string): string => `Damaged in ${folder}: ${files}.`,
    ready: (folder: string): string => `Ready in ${folder}; the graphs are as they were made.`,
  },
  cuda: {
    unusable: (problem: string): string => `Voices cannot run on CUDA: ${problem}.`,
    install: 'Install it with: aloud cuda install',
    provider: 'CUDA provider',
    own: (path: string): string => `ONNX Runtime’s own, in ${path}.`,
    noDriver: 'There is no NVIDIA driver, so CUDA is not used.',
    driverFinds: (what: string): string => `NVIDIA’s driver finds ${what}.`,
    checkGpu: 'Check that the GPU is there.',
    tooOld: (what: string): string => `${what}: too old for CUDA 13.`,
    newerDriver: (oldest: number): string => `Install NVIDIA’s driver ${oldest} or newer.`,
    libraries: 'CUDA libraries',
    allThere: (count: number): string => `All ${count} that the provider needs are there.`,
    neededBy: (name: string, source: string, needer: string): string =>
      `${name} (${source}, needed by ${needer})`,
    linuxOnly: 'CUDA is used on Linux with an x64 processor only.',
    installSystemLibraries: 'install the missing system libraries',
    installLibraries:
      'install the libraries with aloud cuda install, or name the folder that holds them (ALOUD_CUDA_DIR)',
    installDriver: 'install NVIDIA’s driver',
    /** Whose a library is. */
    sources: {
      driver: 'NVIDIA’s driver',
      cuda: 'CUDA 13',
      cudnn: 'cuDNN 9 for CUDA 13',
      system: 'the system',
    },
    missing: (libraries: string): string => `Missing: ${libraries}.`,
    gpuWith: (name: string, gibibytes: string): string => `${name} with ${gibibytes} GiB`,
    /** `names`: the GPUs, '' for none. */
    gpus: (names: string, version: string | undefined): string =>
      `${names || 'no GPU'}, driver ${version ?? 'of unknown version'}`,
  },
} as const;
