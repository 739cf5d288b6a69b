/**
 * Provider keys: encrypted by the system's key store (Electron `safeStorage`) in a file of their own. A key goes from here
 * to the assistant process and nowhere else.
 */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { OPENAI_COMPATIBLE, type ProviderId } from '../common/provider.ts';
import { appError, err, ok, type Result } from '../common/result.ts';
import type { KeyKeeping } from '../common/ports/bridge.ts';
import { FAILURES } from '../common/strings/failures.ts';
import { writeFileAtomically } from '../library/atomic-file.ts';

/** The part of Electron's `safeStorage` that is used. */
export interface Cipher {
  isEncryptionAvailable(): boolean;
  encryptString(plain: string): Buffer;
  decryptString(encrypted: Buffer): string;
}

/** What Electron's `safeStorage` can tell of itself besides. */
export interface SafeStorage extends Cipher {
  getSelectedStorageBackend(): string;
}

/**
 * `safeStorage` as a {@link Cipher} that can be trusted. On Linux without a key ring it has only basic text, whose password
 * stands in Chromium's source: that is as good as no encryption.
 */
export function systemCipher(safeStorage: SafeStorage, platform: NodeJS.Platform): Cipher {
  return {
    isEncryptionAvailable: () =>
      safeStorage.isEncryptionAvailable() &&
      (platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text'),
    encryptString: (plain) => safeStorage.encryptString(plain),
    decryptString: (encrypted) => safeStorage.decryptString(encrypted),
  };
}

/** Provider id → key, encrypted and in base64. */
const keyFileSchema = z.record(z.string(), z.string());

export class KeyStore {
  private readonly path: string;
  private readonly cipher: Cipher;
  private readonly env: Readonly<Record<string, string | undefined>>;
  private keys = new Map<string, string>();

  private constructor(path: string, cipher: Cipher, env: Readonly<Record<string, string | undefined>>) {
    this.path = path;
    this.cipher = cipher;
    this.env = env;
  }

  /**
   * Opens the store. Keys that cannot be read (another user's, a damaged file) count as not stored: the person is asked
   * for them again where they are needed. `env` holds the variables that stand in for stored keys.
   */
  static async open(
    path: string,
    cipher: Cipher,
    env: Readonly<Record<string, string | undefined>>,
  ): Promise<KeyStore> {
    const store = new KeyStore(path, cipher, env);
    await store.read();
    return store;
  }

  /** The stored key, else the environment's, else ''. */
  keyOf(provider: ProviderId): string {
    return this.keys.get(provider) ?? this.variableOf(provider);
  }

  /** How a provider's key is kept, or would be if it were given. */
  keepingOf(provider: ProviderId): KeyKeeping | 'environment' {
    if (!this.keys.has(provider) && this.variableOf(provider) !== '') return 'environment';
    return this.cipher.isEncryptionAvailable() ? 'stored' : 'until-quit';
  }

  /** Takes a key; '' removes it. Without a safe place on this system the key lives until the program ends. */
  async set(provider: ProviderId, key: string): Promise<Result<KeyKeeping>> {
    const next = new Map(this.keys);
    if (key === '') next.delete(provider);
    else next.set(provider, key);
    if (!this.cipher.isEncryptionAvailable()) {
      this.keys = next;
      return ok('until-quit');
    }
    const content = Object.fromEntries(
      [...next].map(([id, plain]) => [id, this.cipher.encryptString(plain).toString('base64')]),
    );
    try {
      await writeFileAtomically(this.path, JSON.stringify(content));
    } catch {
      return err(
        appError('settings-unwritable', 'settings', FAILURES.settings.keyNotSaved, { retryable: true }),
      );
    }
    this.keys = next;
    return ok('stored');
  }

  private variableOf(provider: ProviderId): string {
    if (provider === 'built-in' || provider === 'read-aloud') return '';
    const variable = OPENAI_COMPATIBLE[provider].keyVariable;
    return (variable && this.env[variable]) || '';
  }

  private async read(): Promise<void> {
    let parsed: z.infer<typeof keyFileSchema>;
    try {
      parsed = keyFileSchema.parse(JSON.parse(await readFile(this.path, 'utf8')));
    } catch {
      return;
    }
    for (const [id, encrypted] of Object.entries(parsed)) {
      try {
        this.keys.set(id, this.cipher.decryptString(Buffer.from(encrypted, 'base64')));
      } catch {
        // This one is asked for again where it is needed; the others are kept.
      }
    }
  }
}
