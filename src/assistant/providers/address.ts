/**
 * Where a server stands, as far as its address tells, and whether plain http may be spoken with it: with this machine always,
 * in a private network after a warning, with the rest of the world never, because a key and a conversation would go through
 * strangers' hands.
 */
import { BlockList, isIP } from 'node:net';

/** `local`: this machine. `private`: a network of one's own. `public`: anywhere. */
export type Place = 'local' | 'private' | 'public';

/** RFC 1122 and RFC 4291. */
const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** RFC 1918, RFC 3927 and RFC 6598; RFC 4193 and RFC 4291 for IPv6. */
const PRIVATE = new BlockList();
PRIVATE.addSubnet('10.0.0.0', 8, 'ipv4');
PRIVATE.addSubnet('172.16.0.0', 12, 'ipv4');
PRIVATE.addSubnet('192.168.0.0', 16, 'ipv4');
PRIVATE.addSubnet('169.254.0.0', 16, 'ipv4');
PRIVATE.addSubnet('100.64.0.0', 10, 'ipv4');
PRIVATE.addSubnet('fc00::', 7, 'ipv6');
PRIVATE.addSubnet('fe80::', 10, 'ipv6');

/** Ends of names that no public name server knows (RFC 2606, RFC 6762, RFC 8375, and customs of home routers). */
const PRIVATE_NAME = /\.(local|lan|home\.arpa|internal|invalid)$/;

/** Where the host of `url` stands. A name without a dot is one of the own network. */
export function placeOf(url: URL): Place {
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const version = isIP(host);
  if (version !== 0) {
    const family = version === 4 ? 'ipv4' : 'ipv6';
    if (LOOPBACK.check(host, family)) return 'local';
    return PRIVATE.check(host, family) ? 'private' : 'public';
  }
  if (host === 'localhost' || host.endsWith('.localhost')) return 'local';
  return PRIVATE_NAME.test(host) || !host.includes('.') ? 'private' : 'public';
}
