import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appError } from '../../common/result.ts';
import { ConversationStore, type NewTurn, type TurnRecord } from './conversation-store.ts';
import { openFile, openInPlace } from './database.ts';
import { KeptDatabase } from './kept-database.ts';

let folder: string;
let path: string;
let clock: number;
let store: ConversationStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aloud-conversations-'));
  path = join(folder, 'conversations.db');
  clock = 1_000;
  store = open();
});
afterEach(async () => {
  store.close();
  await rm(folder, { recursive: true });
});

function open(): ConversationStore {
  return new ConversationStore(new KeptDatabase(path), () => clock++);
}

function begin(id: string, conversationId: string, prompt: string, more: Partial<NewTurn> = {}): void {
  store.begin({ id, conversationId, prompt, provider: 'built-in', voice: 'af_heart', replaces: '', ...more });
}

function record(turnId: string, answer: string, more: Partial<TurnRecord> = {}): void {
  const heardEnd = answer.length;
  const error = undefined;
  store.record({
    type: 'turn.record',
    turnId,
    answer,
    heardEnd,
    model: 'm',
    outcome: 'complete',
    error,
    ...more,
  });
}

describe('kept conversations', () => {
  it('come back as they were after the program was closed', () => {
    const error = appError('stream-cut', 'llm', { message: 'The answer broke off.' });
    begin('t1', 'c1', 'What is a bell?');
    record('t1', 'A bell rings.');
    begin('t2', 'c1', 'And a horn?');
    record('t2', 'A horn', { outcome: 'incomplete', error });
    store.close();
    store = open();
    expect(store.list('')).toMatchObject([{ id: 'c1', title: 'What is a bell?' }]);
    expect(store.open('c1').turns).toMatchObject([
      { id: 't1', prompt: 'What is a bell?', answer: 'A bell rings.', outcome: 'complete', error: undefined },
      { id: 't2', answer: 'A horn', outcome: 'incomplete', error },
    ]);
  });

  it('are listed by their newest turn', () => {
    begin('t1', 'c1', 'One');
    begin('t2', 'c2', 'Two');
    begin('t3', 'c1', 'Three');
    expect(store.list('').map(({ id }) => id)).toEqual(['c1', 'c2']);
  });

  it('are found by title, prompt and answer, with the marks of a search pattern taken as they are', () => {
    begin('t1', 'c1', 'About lighthouses');
    record('t1', 'It burns 100% whale oil.');
    begin('t2', 'c2', 'Something else');
    store.rename('c2', 'Sailors');
    expect(store.list('LIGHTHOUSE').map(({ id }) => id)).toEqual(['c1']);
    expect(store.list('whale').map(({ id }) => id)).toEqual(['c1']);
    expect(store.list('sailor').map(({ id }) => id)).toEqual(['c2']);
    expect(store.list('100%').map(({ id }) => id)).toEqual(['c1']);
    expect(store.list('%').map(({ id }) => id)).toEqual(['c1']);
    expect(store.list('_')).toEqual([]);
  });

  it('that are deleted can be restored until the next start', () => {
    begin('t1', 'c1', 'One');
    begin('t2', 'c2', 'Two');
    store.delete('c1');
    store.delete('c2');
    expect(store.list('')).toEqual([]);
    store.restore('c1');
    store.close();
    store = open();
    expect(store.list('').map(({ id }) => id)).toEqual(['c1']);
    expect(() => store.turn('t2')).toThrow('not there any more');
  });

  it('lose what an edited prompt takes the place of, and nothing else', () => {
    for (const id of ['t1', 't2', 't3']) begin(id, 'c1', id);
    begin('other', 'c2', 'other');
    begin('t4', 'c1', 'instead', { replaces: 't2' });
    expect(store.open('c1').turns.map(({ id }) => id)).toEqual(['t1', 't4']);
    expect(store.open('c2').turns).toHaveLength(1);
    begin('t5', 'c2', 'next', { replaces: 't1' });
    expect(store.open('c2').turns).toHaveLength(2);
  });

  it('tell the language model each prompt with the part of its answer that was heard', () => {
    begin('t1', 'c1', 'One');
    record('t1', '🔔 rings. And rings.', { heardEnd: '🔔 rings.'.length, outcome: 'stopped' });
    begin('t2', 'c1', 'A text', { provider: 'read-aloud' });
    record('t2', 'A text');
    expect(store.exchanges('c1')).toEqual([{ turnId: 't1', prompt: 'One', answer: '🔔 rings.' }]);
  });

  it('ignore what is reported of a turn that is gone', () => {
    record('nobody', 'Late.');
    expect(store.list('')).toEqual([]);
  });
});

describe('the file', () => {
  it('that is damaged is set aside with its content, and a new one is begun', async () => {
    begin('t1', 'c1', 'One');
    store.close();
    const bytes = await readFile(path);
    bytes.fill(0x5a, 4_096);
    await writeFile(path, bytes);
    const opened = new KeptDatabase(
      path,
      {},
      openFile(path, () => 77),
    );
    store = new ConversationStore(opened);
    expect(opened.problem?.code).toBe('conversations-damaged');
    expect(opened.problem?.hint).toContain('.damaged-77');
    expect(store.list('')).toEqual([]);
    expect(await readFile(`${path}.damaged-77`)).toEqual(bytes);
  });

  it.each([
    ['no database', 'This is a letter, not a database. '.repeat(200)],
    ['cut short', 'SQLite format 3\0 and then nothing'],
  ])('that is %s is set aside, too', async (_case, content) => {
    store.close();
    await rm(path);
    await writeFile(path, content);
    const opened = new KeptDatabase(
      path,
      {},
      openFile(path, () => 78),
    );
    store = new ConversationStore(opened);
    expect(opened.problem?.code).toBe('conversations-damaged');
    expect(await readFile(`${path}.damaged-78`, 'utf8')).toBe(content);
  });

  it('of a newer Aloud is left alone; conversations of today are then not kept', async () => {
    store.close();
    const database = openInPlace(path);
    database.exec('PRAGMA user_version = 1000');
    database.close();
    const before = await readFile(path);
    const opened = new KeptDatabase(path);
    store = new ConversationStore(opened);
    expect(opened.problem?.message).toContain('newer');
    begin('t1', 'c1', 'One');
    expect(store.list('')).toHaveLength(1);
    expect(await readFile(path)).toEqual(before);
  });

  it('is opened although a killed program left its lock behind', async () => {
    store.close();
    await mkdir(`${path}.lock`);
    store = open();
    begin('t1', 'c1', 'One');
    expect(store.list('')).toHaveLength(1);
  });

  it('holds nothing of a transaction in which the program was killed', async () => {
    begin('t1', 'c1', 'One');
    record('t1', 'x'.repeat(1_000));
    store.close();
    const script = `
      const { Database } = require('node-sqlite3-wasm');
      const db = new Database(${JSON.stringify(path)});
      db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA cache_size = 5');
      db.exec('BEGIN');
      db.run('UPDATE turns SET answer = ?', ['half']);
      for (let i = 0; i < 300; i++)
        db.run("INSERT INTO turns (id, conversation_id, position, prompt, provider, sent_at) VALUES (?, 'c1', 9, ?, 'x', 1)", ['k' + i, 'y'.repeat(3000)]);
      process.kill(process.pid, 'SIGKILL');`;
    const killed = spawnSync(process.execPath, ['-e', script], {
      cwd: resolve(import.meta.dirname, '../../..'),
    });
    expect(killed.signal).toBe('SIGKILL');
    expect((await readdir(folder)).sort()).toEqual([
      'conversations.db',
      'conversations.db-wal',
      'conversations.db.lock',
    ]);
    store = open();
    expect(store.open('c1').turns.map(({ id, answer }) => [id, answer.length])).toEqual([['t1', 1_000]]);
  });
});
