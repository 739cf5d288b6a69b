/** Conversations under the headings of the list. */
import type { ConversationEntry } from '../common/conversation.ts';

export type Day = 'today' | 'yesterday' | 'week' | 'older';

export interface DayGroup {
  readonly day: Day;
  readonly entries: readonly ConversationEntry[];
}

const DAY_MS = 86_400_000;

/** Groups entries (newest first) by how long ago they were, by the calendar of this computer. Empty groups are left out. */
export function dayGroups(entries: readonly ConversationEntry[], nowMs: number): DayGroup[] {
  const midnight = new Date(nowMs).setHours(0, 0, 0, 0);
  const groups = new Map<Day, ConversationEntry[]>();
  for (const entry of entries) {
    const day = dayOf(entry.updatedAt, midnight);
    groups.set(day, [...(groups.get(day) ?? []), entry]);
  }
  return [...groups].map(([day, group]) => ({ day, entries: group }));
}

function dayOf(atMs: number, midnight: number): Day {
  if (atMs >= midnight) return 'today';
  // Noon of the day before is yesterday even where clocks are set forward or back.
  if (atMs >= new Date(midnight - DAY_MS / 2).setHours(0, 0, 0, 0)) return 'yesterday';
  return atMs >= midnight - 7 * DAY_MS ? 'week' : 'older';
}
