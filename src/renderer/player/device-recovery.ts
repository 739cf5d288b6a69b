/**
 * Brings the sound back after its device failed under it: pulled out, switched off, taken by a restart of the sound server.
 *
 * Chromium stops the context's clock then and leaves it to the page to start it again. It says so for the context, but not always in
 * the list of devices (no `devicechange` was seen when a PulseAudio sink went), so the list is looked at until a device is there.
 */

/** How often the list of devices is looked at while there is none, ms. */
const LOOK_EVERY_MS = 1_000;

/** A device that has only just appeared may refuse the first try. */
const TRIES = 3;

/** What recovery needs of the player. */
export interface RecoveryTools {
  /** Tells the window which devices there are; with none the sound is held. */
  readonly lookAtDevices: () => Promise<void>;
  readonly hasOutput: () => Promise<boolean>;
  /** Whether the clock of the context moves again. */
  readonly restart: () => Promise<boolean>;
  readonly wait: (ms: number) => Promise<void>;
}

/** Resolves once the clock runs again: true; or false when a device is there and does not start. Waits for a device as long as it takes. */
export async function recoverDevice({
  lookAtDevices,
  hasOutput,
  restart,
  wait,
}: RecoveryTools): Promise<boolean> {
  await lookAtDevices();
  for (let tries = 0; tries < TRIES; tries++) {
    while (!(await hasOutput())) await wait(LOOK_EVERY_MS);
    if (await restart()) {
      // Only now: the window goes on with what it paused.
      await lookAtDevices();
      return true;
    }
  }
  return false;
}
