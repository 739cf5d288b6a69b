/** How the installed program is asked to be the command line: its launcher `aloud` passes the words on behind a mark. */

/** The mark. Words after it and after `--`, which keeps Chromium from reading them, belong to the command. */
export const COMMAND_MARK = '--aloud-command';

/** The words of the command, or undefined when a window is wanted. */
export function commandWords(argv: readonly string[]): string[] | undefined {
  const mark = argv.indexOf(COMMAND_MARK);
  return mark < 0 || argv[mark + 1] !== '--' ? undefined : argv.slice(mark + 2);
}
