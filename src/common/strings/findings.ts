/**
 * What the diagnostics find, in the window and in `aloud doctor`, and what to do about it: whole sentences, kept in one place for
 * whoever translates them.
 */

export const FINDINGS = {
  cuda: {
    /** `names`: the GPUs, '' for none. */
    gpus: (names: string, version: string | undefined): string =>
      `${names || 'no GPU'}, driver ${version ?? 'of unknown version'}`,
    gpuWith: (name: string, gibibytes: string): string => `${name} with ${gibibytes} GiB`,
    missing: (libraries: string): string => `Missing: ${libraries}.`,
    /** Whose a library is. */
    sources: {
      driver: 'NVIDIA’s driver',
      cuda: 'CUDA 13',
      cudnn: 'cuDNN 9 for CUDA 13',
      system: 'the system',
    },
    installDriver: 'install NVIDIA’s driver',
    installLibraries:
      'install the libraries with aloud cuda install, or name the folder that holds them (ALOUD_CUDA_DIR)',
    installSystemLibraries: 'install the missing system libraries',
    linuxOnly: 'CUDA is used on Linux with an x64 processor only.',
    neededBy: (name: string, source: string, needer: string): string =>
      `${name} (${source}, needed by ${needer})`,
    allThere: (count: number): string => `All ${count} that the provider needs are there.`,
    libraries: 'CUDA libraries',
    newerDriver: (oldest: number): string => `Install NVIDIA’s driver ${oldest} or newer.`,
    tooOld: (what: string): string => `${what}: too old for CUDA 13.`,
    checkGpu: 'Check that the GPU is there.',
    driverFinds: (what: string): string => `NVIDIA’s driver finds ${what}.`,
    noDriver: 'There is no NVIDIA driver, so CUDA is not used.',
    own: (path: string): string => `ONNX Runtime’s own, in ${path}.`,
    provider: 'CUDA provider',
    install: 'Install it with: aloud cuda install',
    unusable: (problem: string): string => `Voices cannot run on CUDA: ${problem}.`,
  },
  prepared: {
    ready: (folder: string): string => `Ready in ${folder}; the graphs are as they were made.`,
    damaged: (folder: string, files: string): string => `Damaged in ${folder}: ${files}.`,
    madeAtLoad: 'It is made when the voice is next loaded.',
    notThere: (reason: string): string => `Not there: ${reason}.`,
    noModel: 'The voice model is not installed, so nothing is prepared.',
    title: 'Prepared voice',
    makeAgain: (id: string): string => `Make it again with: aloud models install ${id}`,
  },
  settings: {
    whole: (path: string): string => `Whole: ${path}.`,
    title: 'Settings',
    none: (path: string): string => `None yet: the defaults are used (${path}).`,
    readable: (kept: string, folder: string): string =>
      `The settings can be read. Others that could not be used were kept as ${kept} in ${folder}.`,
    installNewer:
      'Install the newer Aloud again, or start this one: it keeps the file under another name and begins a new one.',
    newer: (path: string, problem: string): string =>
      `${path} was written by a newer Aloud (${problem}), so the default settings are used.`,
    damaged: (path: string, problem: string): string =>
      `${path} is damaged (${problem}), so the default settings are used.`,
    version: (version: number): string => `its version is ${version}`,
    unreadable: 'it cannot be read',
  },
  voices: {
    title: 'Voices',
    repair: 'Repair or remove these files in your voices folder.',
    installAgain: 'Install Aloud again: a voice that ships is missing or damaged.',
    unusable: (faults: string): string => ` Cannot be used: ${faults}.`,
    there: (shipped: number, own: number, folder: string): string =>
      `${shipped} that ship, ${own} of your own in ${folder}.`,
  },
  variant: {
    chosen: (
      variant: string,
      on: { readonly cpu: string; readonly cores: number; readonly runtime: string },
      day: string,
      tried: string,
    ): string =>
      `${variant} was chosen on ${on.cpu} with ${on.cores} cores and ONNX Runtime ${on.runtime} (${day}): ${tried}.`,
    tried: (variant: string, differenceDb: number | null, rtf: number, firstMs: number): string =>
      `${variant}: ${differenceDb ?? '?'} dB off, real-time factor ${rtf}, first sound after ${firstMs} ms`,
    withThreads: (threads: number, rtf: number, firstMs: number): string =>
      `${threads}: real-time factor ${rtf}, first sound after ${firstMs} ms`,
    threads: (threads: number, figures: string): string =>
      `A run has ${threads === 1 ? 'one thread' : `${threads} threads`} (${figures}).`,
    slower: 'The prepared graphs were wrong or slower here; speech works, but begins later.',
    notMade: 'Not made on this machine yet.',
    title: 'Self-check of the voice',
  },
  sound: {
    connect: 'Connect a loudspeaker or headphones.',
    noDevice: 'There is no sound output device.',
    openDiagnostics: 'Open Diagnostics in the app.',
    onlyTheApp: 'Only the app can tell: the command line writes files and plays nothing.',
    title: 'Sound output',
  },
  versions: {
    title: 'Versions',
    doesNotLoad: 'does not load',
    isMissing: 'is missing',
    installAgain: 'Install Aloud again: a part of it is missing or not made for this system.',
    noElectron: 'no Electron (command line)',
  },
  provider: {
    answered: (label: string, models: number): string =>
      `${label} answered; it offers ${models} ${models === 1 ? 'model' : 'models'}.`,
    noNetwork: (label: string): string => `${label} needs no network.`,
    askByButton: 'Press “Ask the provider”.',
    askByCommand: 'Ask with: aloud doctor --provider ID',
    notAsked: 'Not asked: nothing is sent unless you want it.',
    title: 'Network to the provider',
  },
  processor: {
    cores: (cpu: string, count: number): string => `${cpu}, ${count} ${count === 1 ? 'core' : 'cores'}.`,
    threads: (count: number): string => `The voice runs on ${count} ${count === 1 ? 'thread' : 'threads'}.`,
    load: (load: number): string => `Load ${load.toFixed(1)}.`,
    otherPrograms: 'Other programs fill the processor: the voice may pause.',
    closePrograms: 'Close programs that take much memory: the voice may be slow or end.',
    memory: (free: string, all: string): string => `${free} of ${all} GB of memory free.`,
    title: 'Processor and memory',
  },
  models: {
    installIfWanted: (id: string): string =>
      `Only if you want it: install it with: aloud models install ${id}`,
    fileOther: 'has another content than was published (its SHA-256 differs)',
    fileWrongSize: 'has the wrong size',
    fileMissing: 'is missing',
    fileWhole: 'is whole',
    damaged: (folder: string, faults: string): string => `Damaged in ${folder}: ${faults}.`,
    installed: (folder: string, size: string): string =>
      `Installed in ${folder}; sizes and SHA-256 are right (${size}).`,
    update: (id: string): string => `Update it with: aloud models install ${id}`,
    older: (folder: string): string => `An older version is installed in ${folder}.`,
    notInstalled: (folder: string): string => `Not installed; its place is ${folder}.`,
    install: (id: string): string => `Install it with: aloud models install ${id}`,
  },
  catalog: {
    installable: (count: number, folder: string): string =>
      `${count} models can be installed; new ones go to ${folder}.`,
    title: 'List of models',
  },
  ep: {
    canBeTried: 'can be tried',
    tried: (engine: string, ep: string, tried: string): string => `${engine} runs on ${ep}. Tried: ${tried}.`,
    asSet: (engine: string, ep: string): string => `${engine} runs on ${ep}, as was set.`,
    onlyOne: (engine: string, ep: string): string => `${engine} runs on ${ep}; it is made for no other.`,
    noVoice: (others: string): string => `No voice is loaded. ${others}`,
    others: 'Each voice engine tries those that can be there and takes the fastest that is right.',
    voiceNotLoaded: 'The voice is not loaded: look at what failed below.',
    missing: (ep: string): string =>
      `The setting asks for ${ep}, which cannot run here: choose "auto" or "cpu", or install what is missing.`,
    onThisMachine: (inUse: string, lines: string): string => `${inUse} On this machine: ${lines}.`,
    title: 'Execution provider',
  },
  disk: {
    title: 'Disk',
    roomForModels: 'Make room before you install a model.',
    roomForSettings: 'Make room: settings and conversations may not be kept.',
    leave: 'Give yourself leave to write there.',
    locked: (detail: string, folders: string): string => `${detail} Cannot be written: ${folders}.`,
    free: (gigabytes: string, what: string, folder: string): string =>
      `${gigabytes} GB free for ${what} (${folder})`,
    makable: 'what can be made again',
    settings: 'settings and conversations',
  },
  conversations: {
    title: 'Conversations',
    readable: (kept: string, folder: string): string =>
      `The conversations can be read. Damaged ones were kept as ${kept} in ${folder}.`,
    damaged: (path: string): string => `${path} is no file of conversations: it is damaged.`,
    none: (path: string): string => `None yet (${path}).`,
  },
  files: {
    deleteKept: 'Delete what you do not want back.',
    startAloud: 'Start Aloud: it keeps the file under another name and begins a new one.',
  },
  addedModel: {
    sumsRight: (count: number): string =>
      `the SHA-256 of ${count} ${count === 1 ? 'file is' : 'files are'} right`,
    installed: (folder: string, compared: string, size: string): string =>
      `Installed in ${folder}; ${compared} (${size}).`,
    noSums: 'its description names no SHA-256 to compare with',
    damaged: (folder: string, files: string): string =>
      `Damaged in ${folder}: ${files} differ from what model.json describes.`,
    again: 'Export the model again, or add it again.',
  },
} as const;
