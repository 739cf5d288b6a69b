/** What is said of failures of the program itself: its processes, its window, settings, conversations and commands. */
import type { FailureText } from './failure-text.ts';

const START_AGAIN = 'Start Aloud again.';

const LOOK_WITH_DOCTOR = 'Try again, or look with: aloud doctor';

/** Where a file that could not be used is: kept as `aside`, or where it was. */
function whereItIs(path: string, aside: string | undefined): string {
  return aside === undefined ? `The file is ${path}.` : `The old file was kept as ${aside}.`;
}

export const PROGRAM_FAILURES = {
  program: {
    internal: (reason: string): FailureText => ({
      message: `Something went wrong: ${reason || 'no reason was given'}.`,
    }),
    fileUnreadable: (path: string): FailureText => ({
      message: `${path} cannot be read.`,
      hint: 'Install Aloud again.',
    }),
    tableUnreadable: (path: string): FailureText => ({
      message: `A table of the voice engine cannot be read: ${path}.`,
      hint: 'Install Aloud again.',
    }),
    phonemesUnreadable: (path: string): FailureText => ({
      message: `Kokoro's table of phonemes cannot be read: ${path}.`,
      hint: 'Install Aloud again.',
    }),
  },
  processes: {
    stopped: (subject: string, why: string): FailureText => ({
      message: `${subject} stopped unexpectedly: ${why}.`,
    }),
  },
  window: {
    promptEmpty: {
      message: 'The prompt is empty.',
      hint: 'Type something to ask or to read aloud, then press Send.',
    },
    bridgeLost: (reason: string): FailureText => ({
      message: `The window lost touch with the program: ${reason}.`,
      hint: START_AGAIN,
    }),
    notUnderstood: { message: 'The window asked for something that Aloud does not understand.' },
  },
  desk: {
    noWebPage: { message: 'This link leads to no web page, so it was not opened.' },
    folderNotOpened: (path: string): FailureText => ({
      message: `The folder could not be opened: ${path}.`,
      hint: 'Open it in your file manager.',
    }),
    clipboardEmpty: { message: 'There is no text in the clipboard.', hint: 'Copy a text, then ask again.' },
    shortcutTaken: (keys: string): FailureText => ({
      message: `The shortcut ${keys} belongs to another program.`,
      hint: 'Choose other keys in the settings.',
    }),
  },
  settings: {
    newer: (path: string, aside: string | undefined): FailureText => ({
      message: 'The settings file was written by a newer version of Aloud, so the default settings are used.',
      hint: whereItIs(path, aside),
    }),
    damaged: (path: string, aside: string | undefined): FailureText => ({
      message: 'The settings file is damaged, so the default settings are used.',
      hint: whereItIs(path, aside),
    }),
    keyNotSaved: {
      message: 'The key could not be saved.',
      hint: 'Check that the disk is not full and that the settings folder can be written.',
    },
    notExported: (path: string): FailureText => ({
      message: `The settings could not be written to ${path}.`,
      hint: 'Choose another folder, or check that the disk is not full.',
    }),
    importUnreadable: (path: string): FailureText => ({
      message: `${path} cannot be read.`,
      hint: 'Check that the file is there and that you may read it.',
    }),
    noSettingsFile: (path: string, reason: string, hint: string): FailureText => ({
      message: `${path} is no settings file: ${reason}.`,
      hint: hint,
    }),
    unreadable: (path: string): FailureText => ({
      message: 'The settings file cannot be read, so the default settings are used.',
      hint: `Check the permissions of ${path}.`,
    }),
    notSaved: {
      message: 'The settings could not be saved.',
      hint: 'Check that the disk is not full and that the settings folder can be written.',
    },
  },
  conversations: {
    conversationGone: { message: 'This conversation is not there any more.' },
    answerGone: { message: 'This answer is not there any more.' },
    damaged: (aside: string): FailureText => ({
      message: 'The file of your conversations is damaged, so a new one was begun.',
      hint: `The old file was kept as ${aside}.`,
    }),
    unwritable: (folder: string): FailureText => ({
      message:
        'Your conversations cannot be saved now: what is said from here on is kept only until Aloud is quit.',
      hint: `Check that the disk is not full and that ${folder} can be written; then they are saved by themselves.`,
    }),
    newer: (path: string): FailureText => ({
      message:
        'The file of your conversations was written by a newer Aloud, so today’s conversations are not kept.',
      hint: `Install the newest Aloud; the file ${path} is left as it is.`,
    }),
  },
  figures: {
    notKept: {
      message: 'The figures cannot be kept on the disk.',
      hint: 'They last until you quit. Check that the disk is not full.',
    },
  },
  diagnostics: {
    stopped: {
      message: 'The process that looks at this machine stopped unexpectedly.',
      hint: LOOK_WITH_DOCTOR,
    },
    tookTooLong: { message: 'The checks did not end within five minutes.', hint: LOOK_WITH_DOCTOR },
  },
  cli: {
    badLine: (line: number, problem: string): FailureText => ({
      message: `Line ${line} of the input will not do: ${problem}.`,
      hint: 'Each line must be one JSON object.',
    }),
    notMeasured: (way: string): FailureText => ({
      message: `The voice could not be measured the ${way} way.`,
    }),
    notAllWell: (failed: string): FailureText => ({
      message: `Not all is well: ${failed}.`,
      hint: 'What to do stands behind each of them.',
    }),
  },
} as const;
