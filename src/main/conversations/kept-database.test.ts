/** The harm is done to a real disk: it is filled, or made read-only, under the open database. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canMountTinyDisk, mountTinyDisk, type TinyDisk } from '../../common/testing/tiny-disk.ts';
import type { AppError } from '../../common/result.ts';
import { ConversationStore } from './conversation-store.ts';
import { KeptDatabase } from './kept-database.ts';

let disk: TinyDisk;
let path: string;
let told: AppError[];
let clockMs: number;

function open(): { database: KeptDatabase; store: ConversationStore } {
  const database = new KeptDatabase(path, {
    onUnwritable: (problem) => told.push(problem),
    clock: () => clockMs,
  });
  return { database, store: new ConversationStore(database, () => 1) };
}

function begin(store: ConversationStore, id: string, prompt = `Prompt ${id}`): void {
  store.begin({ id, conversationId: 'c', prompt, provider: 'built-in', voice: 'af_heart', replaces: '' });
}

function record(store: ConversationStore, turnId: string, answer: string): void {
  const heardEnd = answer.length;
  store.record({
    type: 'turn.record',
    turnId,
    answer,
    heardEnd,
    model: 'm',
    outcome: 'complete',
    error: undefined,
  });
}

function answers(store: ConversationStore): string[][] {
  return store.open('c').turns.map(({ id, answer }) => [id, answer]);
}

describe.skipIf(!canMountTinyDisk())('a database on a disk', () => {
  beforeEach(() => {
    disk = mountTinyDisk(400);
    path = join(disk.folder, 'conversations.db');
    told = [];
    clockMs = 0;
  });
  afterEach(() => disk.close());

  it('that becomes full goes on with what was kept and what comes, and tells it once', () => {
    const { database, store } = open();
    begin(store, 't1');
    record(store, 't1', 'Before.');
    disk.fill();
    record(store, 't1', `Longer. ${'x'.repeat(8_000)}`);
    begin(store, 't2');
    record(store, 't2', 'Meanwhile.');
    expect(told.map(({ code }) => code)).toEqual(['conversations-unwritable']);
    expect(told[0]?.hint).toContain(disk.folder);
    expect(answers(store).map(([id, answer]) => [id, answer?.slice(0, 10)])).toEqual([
      ['t1', 'Longer. xx'],
      ['t2', 'Meanwhile.'],
    ]);
    expect(store.exchanges('c')).toHaveLength(2);
    expect(database.isUnsaved).toBe(true);
    expect(database.close()).toBe(false);
  });

  it('that was full and has room again is written with all of it, in order', () => {
    const { database, store } = open();
    begin(store, 't1');
    disk.fill();
    record(store, 't1', 'x'.repeat(8_000));
    begin(store, 't2');
    for (const length of [10, 20, 30]) record(store, 't2', 'y'.repeat(length));
    store.rename('c', 'A name');
    disk.makeRoom();
    clockMs += 60_000;
    record(store, 't2', 'The whole answer.');
    expect(database.isUnsaved).toBe(false);
    store.close();
    const again = open().store;
    expect(again.list('')).toMatchObject([{ title: 'A name' }]);
    expect(answers(again)).toEqual([
      ['t1', 'x'.repeat(8_000)],
      ['t2', 'The whole answer.'],
    ]);
    again.close();
  });

  it('that has room again when the program is quit is written then', () => {
    const { database, store } = open();
    begin(store, 't1');
    disk.fill();
    record(store, 't1', 'x'.repeat(8_000));
    disk.makeRoom();
    expect(database.close()).toBe(true);
    const again = open().store;
    expect(answers(again)).toEqual([['t1', 'x'.repeat(8_000)]]);
    again.close();
  });

  it('that becomes full again is told again', () => {
    const { store } = open();
    begin(store, 't1');
    for (const round of [1, 2]) {
      disk.fill();
      record(store, 't1', `${round}`.repeat(8_000 * round));
      disk.makeRoom();
      clockMs += 60_000;
      begin(store, `next ${round}`);
      expect(told).toHaveLength(round);
    }
    store.close();
  });

  it('that is read-only shows what there is, keeps what comes until the end, and is left as it was', async () => {
    const { store } = open();
    begin(store, 't1');
    record(store, 't1', 'Before.');
    store.close();
    const before = await readFile(path);
    disk.makeReadOnly();
    const opened = open();
    expect(opened.database.problem).toMatchObject({ code: 'conversations-unwritable', retryable: true });
    begin(opened.store, 't2');
    record(opened.store, 't2', 'Meanwhile.');
    expect(answers(opened.store)).toEqual([
      ['t1', 'Before.'],
      ['t2', 'Meanwhile.'],
    ]);
    expect(opened.database.close()).toBe(false);
    expect(await readdir(disk.folder)).toEqual(['conversations.db']);
    expect(await readFile(path)).toEqual(before);
  });

  it('that was read-only at the start and can be written later gets what was kept meanwhile', () => {
    const first = open().store;
    begin(first, 't1');
    first.close();
    disk.makeReadOnly();
    const { database, store } = open();
    begin(store, 't2');
    disk.makeWritable();
    clockMs += 60_000;
    record(store, 't2', 'Saved.');
    expect(database.isUnsaved).toBe(false);
    store.close();
    const again = open().store;
    expect(answers(again)).toEqual([
      ['t1', ''],
      ['t2', 'Saved.'],
    ]);
    again.close();
  });

  it('that is full from the start does not keep the program from starting, and loses nothing of before', () => {
    const first = open().store;
    begin(first, 't1');
    record(first, 't1', 'Before.');
    first.close();
    disk.fill();
    const { store } = open();
    begin(store, 't2', 'z'.repeat(9_000));
    expect(answers(store)).toEqual([
      ['t1', 'Before.'],
      ['t2', ''],
    ]);
    store.close();
    disk.makeRoom();
    const again = open().store;
    expect(answers(again)[0]).toEqual(['t1', 'Before.']);
    again.close();
  });
});

describe('a database whose place is taken', () => {
  it('by a file where its folder should be is kept in memory, and that is told', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'aloud-kept-'));
    try {
      await writeFile(join(folder, 'blocker'), 'a file');
      const database = new KeptDatabase(join(folder, 'blocker', 'conversations.db'));
      expect(database.problem?.code).toBe('conversations-unwritable');
      const store = new ConversationStore(database);
      begin(store, 't1');
      expect(answers(store)).toEqual([['t1', '']]);
      expect(database.close()).toBe(false);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('by a change that is wrong itself throws, and nothing of it is kept', () => {
    const database = new KeptDatabase(':memory:', { onUnwritable: () => expect.unreachable() });
    const store = new ConversationStore(database);
    begin(store, 't1');
    expect(() => begin(store, 't1')).toThrow(/UNIQUE/);
    expect(database.isUnsaved).toBe(false);
    expect(answers(store)).toHaveLength(1);
    database.close();
  });
});
