import { describe, expect, it } from 'vitest';
import { recoverDevice } from './device-recovery.ts';

/** A sound card that is away for some looks, and then refuses some starts. */
class FakeCard {
  readonly log: string[] = [];

  private looksAway: number;
  private refusals: number;

  constructor(looksAway: number, refusals: number) {
    this.looksAway = looksAway;
    this.refusals = refusals;
  }

  recover(): Promise<boolean> {
    return recoverDevice({
      lookAtDevices: async () => void this.log.push(this.looksAway > 0 ? 'told: none' : 'told: one'),
      hasOutput: async () => this.looksAway <= 0,
      restart: async () => {
        this.log.push('restart');
        return this.refusals-- <= 0;
      },
      wait: async () => {
        this.log.push('wait');
        this.looksAway--;
      },
    });
  }
}

describe('recovery of the sound device', () => {
  it('starts at once where another device has taken over', async () => {
    const card = new FakeCard(0, 0);
    expect(await card.recover()).toBe(true);
    expect(card.log).toEqual(['told: one', 'restart', 'told: one']);
  });

  it('tells once that there is none, waits for one, and tells of it when the sound runs', async () => {
    const card = new FakeCard(3, 0);
    expect(await card.recover()).toBe(true);
    expect(card.log).toEqual(['told: none', 'wait', 'wait', 'wait', 'restart', 'told: one']);
  });

  it('tries a device that refuses at first again', async () => {
    const card = new FakeCard(1, 2);
    expect(await card.recover()).toBe(true);
    expect(card.log.filter((each) => each === 'restart')).toHaveLength(3);
  });

  it('gives up on a device that is there and does not start, without telling the window to go on', async () => {
    const card = new FakeCard(0, 99);
    expect(await card.recover()).toBe(false);
    expect(card.log).toEqual(['told: one', 'restart', 'restart', 'restart']);
  });
});
