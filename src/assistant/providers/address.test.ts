import { describe, expect, it } from 'vitest';
import { placeOf } from './address.ts';

describe('where a server stands', () => {
  it.each([
    ['local', 'http://localhost:11434/v1'],
    ['local', 'http://api.localhost/v1'],
    ['local', 'http://127.0.0.1:8080'],
    ['local', 'http://127.8.9.1'],
    ['local', 'http://0x7f.1'],
    ['local', 'http://[::1]:8080'],
    ['local', 'http://[::ffff:127.0.0.1]'],
    ['private', 'http://192.168.1.20:1234'],
    ['private', 'http://10.0.0.1'],
    ['private', 'http://172.16.0.1'],
    ['private', 'http://172.31.255.255'],
    ['private', 'http://169.254.1.1'],
    ['private', 'http://[fd12::1]'],
    ['private', 'http://[fe80::1]'],
    ['private', 'http://nas:8080'],
    ['private', 'http://tower.local'],
    ['private', 'http://tower.home.arpa.'],
    ['public', 'http://example.org'],
    ['public', 'http://localhost.example.org'],
    ['public', 'http://127.0.0.1.example.org'],
    ['public', 'http://172.32.0.1'],
    ['public', 'http://11.0.0.1'],
    ['public', 'http://8.8.8.8'],
    ['public', 'http://[2001:db8::1]'],
    ['public', 'http://local'.concat('.example')],
  ])('%s: %s', (place, url) => expect(placeOf(new URL(url))).toBe(place));
});
