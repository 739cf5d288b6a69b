/**
 * Takes out of a text what tells who the person is: their home folder becomes `~`, and a part of a path that is their user name
 * `<user>`. What is shown in the window and copied into a report goes through here.
 */
import { homedir, userInfo } from 'node:os';

/** Whom a text must not name. */
export interface Person {
  /** Their home folder, absolute. */
  readonly home: string;
  /** Their name at the system; '' when it is not known. */
  readonly userName: string;
}

/** The person of this process. */
export function thisPerson(): Person {
  return { home: homedir(), userName: nameAtSystem() };
}

/** The text without them. */
export function withoutPerson(text: string, { home, userName }: Person): string {
  const noHome = home.length < 2 ? text : text.replaceAll(literally(home, '(?![A-Za-z0-9._-])'), '~');
  if (userName === '') return noHome;
  return noHome.replaceAll(
    new RegExp(`(?<=[\\\\/])${escaped(userName)}(?=[\\\\/\\s.,;:)"']|$)`, 'gi'),
    '<user>',
  );
}

/** Paths of Windows are the same in either case and with either slash. */
function literally(path: string, behind: string): RegExp {
  return new RegExp(escaped(path).replace(/\\\\|\//g, '[\\\\/]') + behind, 'gi');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function nameAtSystem(): string {
  try {
    return userInfo().username;
  } catch {
    // A system account without an entry has no name.
    return '';
  }
}
