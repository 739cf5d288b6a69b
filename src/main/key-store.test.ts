import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { KeyStore, systemCipher, type SafeStorage } from './key-store.ts';

/** Turns the bytes round, so that a plain key on the disk would show. */
class FakeSafeStorage implements SafeStorage {
  backend = 'gnome_libsecret';
  isAvailable = true;
  isEncryptionAvailable = (): boolean => this.isAvailable;
  getSelectedStorageBackend = (): string => this.backend;
  encryptString = (plain: string): Buffer => Buffer.from(plain).reverse();
  decryptString = (encrypted: Buffer): string => Buffer.from(encrypted).reverse().toString();
}

let folder: string;
let path: string;
let storage: FakeSafeStorage;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aloud-keys-'));
  path = join(folder, 'keys.json');
  storage = new FakeSafeStorage();
});
afterEach(() => rm(folder, { recursive: true }));

const open = (env: Record<string, string> = {}, platform: NodeJS.Platform = 'linux'): Promise<KeyStore> =>
  KeyStore.open(path, systemCipher(storage, platform), env);

describe('a key', () => {
  it('is kept encrypted for the next start, and gone when it is removed', async () => {
    const store = await open();
    expect(await store.set('openai', 'sk-secret')).toEqual({ ok: true, value: 'stored' });
    expect(await readFile(path, 'utf8')).not.toContain('sk-secret');
    const again = await open();
    expect(again.keyOf('openai')).toBe('sk-secret');
    expect(again.keepingOf('openai')).toBe('stored');
    await again.set('openai', '');
    expect((await open()).keyOf('openai')).toBe('');
  });

  it('is kept until the program ends only where the system has basic text, and that is said beforehand', async () => {
    storage.backend = 'basic_text';
    const store = await open();
    expect(store.keepingOf('openai')).toBe('until-quit');
    expect(await store.set('openai', 'sk-secret')).toEqual({ ok: true, value: 'until-quit' });
    expect(store.keyOf('openai')).toBe('sk-secret');
    await expect(readFile(path)).rejects.toThrow();
    expect((await open()).keyOf('openai')).toBe('');
  });

  it('is not judged by a back end that only Linux names', async () => {
    storage.backend = 'basic_text';
    expect((await open({}, 'darwin')).keepingOf('openai')).toBe('stored');
  });

  it('may come from the environment; a stored one goes before', async () => {
    const store = await open({ OPENAI_API_KEY: 'sk-env' });
    expect([store.keyOf('openai'), store.keepingOf('openai')]).toEqual(['sk-env', 'environment']);
    await store.set('openai', 'sk-own');
    expect([store.keyOf('openai'), store.keepingOf('openai')]).toEqual(['sk-own', 'stored']);
  });

  it('that cannot be decrypted takes no other with it', async () => {
    await (await open()).set('openai', 'sk-own');
    const decrypt = storage.decryptString;
    storage.decryptString = (encrypted) => {
      if (encrypted.toString() === 'foreign') throw new Error('Another user encrypted it.');
      return decrypt(encrypted);
    };
    const file = z.record(z.string(), z.string()).parse(JSON.parse(await readFile(path, 'utf8')));
    const foreign = Buffer.from('foreign').toString('base64');
    await writeFile(path, JSON.stringify({ openrouter: foreign, ...file }));
    const store = await open();
    expect([store.keyOf('openrouter'), store.keyOf('openai')]).toEqual(['', 'sk-own']);
  });

  it('that cannot be read counts as not stored', async () => {
    await writeFile(path, '{"openai": 7}');
    expect((await open()).keyOf('openai')).toBe('');
  });
});
