/** What is said of failures of the prompt, the language model and its server, and the turn. */
import type { FailureText } from './failure-text.ts';

export const LANGUAGE_MODEL_FAILURES = {
  prompt: {
    empty: { message: 'The prompt is empty.', hint: 'Type something first.' },
    tooLong: (limit: string): FailureText => ({
      message: `The prompt has more than ${limit} characters.`,
      hint: 'Shorten it.',
    }),
  },
  builtIn: {
    silent: (seconds: number): FailureText => ({
      message: `The built-in language model has written nothing for ${seconds} s.`,
      hint: 'Send the prompt again.',
    }),
    stopped: { message: 'The built-in language model stopped unexpectedly.', hint: 'Send the prompt again.' },
    tooLong: (needed: number, fits: number): FailureText => ({
      message: `The prompt is too long for the built-in model: it has ${needed} tokens and ${fits} fit.`,
      hint: 'Shorten it, or choose another language model.',
    }),
    cannotRun: {
      message: 'The built-in language model cannot run on this machine.',
      hint: 'Choose another language model.',
    },
    notInstalled: {
      message: 'The built-in language model is not installed.',
      hint: 'Install it with `aloud models install smollm2-135m-instruct`, or choose another language model.',
    },
    damaged: {
      message: 'The file of the built-in language model is damaged.',
      hint: 'Delete it and install the model again with `aloud models install smollm2-135m-instruct`.',
    },
    rests: { message: 'The built-in language model rests.', hint: 'Send the prompt again.' },
  },
  server: {
    silentFor: (who: string, seconds: number): FailureText => ({
      message: `${who} did not answer within ${seconds} s.`,
    }),
    noText: (model: string): FailureText => ({
      message: `${model || 'The model'} answered without any text.`,
      hint: 'Choose another model, or look into the server’s own log.',
    }),
    hostNotFound: (host: string): FailureText => ({
      message: `The host ${host} was not found.`,
      hint: 'Check the base URL and your network connection.',
    }),
    noCertificate: (who: string): FailureText => ({
      message: `${who} has no valid certificate, so nothing was sent to it.`,
      hint: 'Check the base URL.',
    }),
    nothingAnswersHere: (host: string): FailureText => ({
      message: `Nothing answers at ${host}.`,
      hint: 'Start it, then send the prompt again.',
    }),
    nothingAnswers: (host: string): FailureText => ({
      message: `Nothing answers at ${host}.`,
      hint: 'Check the base URL.',
    }),
    unreachable: (who: string): FailureText => ({
      message: `${who} cannot be reached.`,
      hint: 'Check your network connection and the base URL.',
    }),
    asksForKey: (who: string): FailureText => ({
      message: `${who} asks for a key and none is set.`,
      hint: 'Enter your key.',
    }),
    /** `said`: what the server said, as `: "…"`, or ''. */
    keyRefused: (who: string, said: string): FailureText => ({
      message: `${who} refused the key${said}.`,
      hint: 'Check the key, then try again.',
    }),
    tooManyRequests: (who: string, waitS: number | undefined, said: string): FailureText => {
      const wait = waitS === undefined ? '' : ` and asks to wait ${waitS} s`;
      return {
        message: `${who} has had too many requests${wait}${said}.`,
        hint: 'Wait a while, or choose another model.',
      };
    },
    unknownThere: (who: string, said: string): FailureText => ({
      message: `${who} does not know the model or the address${said}.`,
      hint: 'Check the name of the model and the base URL, which usually ends in /v1.',
    }),
    pointsElsewhere: (who: string): FailureText => ({
      message: `${who} points to another address, which is not followed so that your key stays with this one.`,
      hint: 'Enter the final address as base URL.',
    }),
    failed: (who: string, status: number | undefined, said: string): FailureText => {
      const what = status === undefined ? 'reported an error' : `answered with error ${status}`;
      return {
        message: `${who} ${what}${said}.`,
        hint: 'Send the prompt again, or choose another model.',
      };
    },
    listUnwanted: { message: 'The list of models is no longer wanted.' },
    noModel: (who: string): FailureText => ({
      message: `${who} has no model.`,
      hint: 'Load one there, or enter the name of a model.',
    }),
    errorInMidAnswer: (who: string): FailureText => ({
      message: `${who} reported an error in the middle of the answer.`,
      hint: 'Send the prompt again.',
    }),
    withheld: (who: string): FailureText => ({
      message: `${who} withheld the answer by its content filter.`,
      hint: 'Put the prompt differently, or choose another model.',
    }),
    silent: (who: string, seconds: number): FailureText => ({
      message: `${who} has sent nothing for ${seconds} s.`,
      hint: 'Send the prompt again, or choose another model.',
    }),
    keyMissing: (who: string, keyVariable: string): FailureText => ({
      message: `${who} needs a key and none is set.`,
      hint: `Enter your key, or set ${keyVariable}.`,
    }),
    keyUnusable: (who: string): FailureText => ({
      message: `The key for ${who} holds characters that a key cannot have.`,
      hint: 'Copy the key again.',
    }),
    noWebAddress: {
      message: 'The base URL is not a web address.',
      hint: 'Enter one that begins with https:// or http://, for example http://127.0.0.1:8080/v1.',
    },
    addressHoldsPassword: {
      message: 'The base URL holds a name or password.',
      hint: 'Take them out and enter the key in its own field.',
    },
    unencrypted: (host: string): FailureText => ({
      message: `The server at ${host} would be reached without encryption.`,
      hint: 'Enter an address that begins with https://; plain http is for servers of your own network.',
    }),
    cutInMidAnswer: (who: string): FailureText => ({
      message: `${who} broke off in the middle of the answer.`,
      hint: 'Send the prompt again.',
    }),
    unreadable: (who: string): FailureText => ({
      message: `${who} sent something that cannot be read as an answer.`,
      hint: 'Try again, or choose another model.',
    }),
    noAnswer: (who: string): FailureText => ({
      message: `${who} ended its answer without having said anything.`,
      hint: 'Send the prompt again, or choose another model.',
    }),
    noLanguageModel: (who: string): FailureText => ({
      message: `${who} answered with something that is not a language model's answer.`,
      hint: 'Check the base URL: it usually ends in /v1.',
    }),
    messageTooLong: (who: string): FailureText => ({
      message: `${who} sent a message that is far too long for an answer.`,
      hint: 'Send the prompt again, or choose another model.',
    }),
    providerLate: { message: 'The provider did not answer in time.' },
    noAddress: {
      message: 'The custom server has no address yet.',
      hint: 'Enter its base URL, for example http://127.0.0.1:8080/v1.',
    },
    keyMissingAtStart: (label: string, keyVariable: string): FailureText => ({
      message: `${label} needs a key and none is set.`,
      hint: `Enter your key in the window, or set ${keyVariable} before starting Aloud.`,
    }),
    late: { message: 'The server did not answer in time.' },
  },
  turn: {
    voiceStoppedTwice: {
      message: 'The voice stopped twice at this sentence.',
      hint: 'The rest of the answer is spoken.',
    },
    reachedLimit: {
      message: 'The answer reached the language model’s limit and breaks off.',
      hint: 'Ask it to go on.',
    },
    emptyAnswer: {
      message: 'The language model gave an empty answer.',
      hint: 'Send the prompt again, or choose another model.',
    },
    nothingToSay: {
      message: 'There is nothing in the text that can be said aloud.',
      hint: 'Give it some words.',
    },
    stopped: { message: 'Stopped.' },
    failed: { message: 'The turn failed.' },
    sentenceLate: { message: 'A sentence came too late to be said in its place.' },
  },
} as const;
