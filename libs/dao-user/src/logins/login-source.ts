import { createHash } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import type { LoginOrigin } from './login-throttle.ts';

const DIGEST_CHARACTERS = 16;

/** The origin of an attempt from an address; all that is no address is one source. */
export const originOfAddress = (name: string, address: string | undefined): LoginOrigin => ({
  source: digestOf(name, address === undefined || !ipaddr.isValid(address) ? 'unknown' : networkOf(address)),
  trusted: false,
});

/** The origin of an attempt by somebody who has a session: her own, which no stranger can use up. */
export const originOfSession = (name: string): LoginOrigin => ({ source: digestOf(name, 'session'), trusted: true });

/** One IPv4 address, or the 64 bits of an IPv6 address that name a network: whoever has one address there has them all. */
function networkOf(address: string): string {
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.toString();

  return `${parsed.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}

/** Different for each name, so that no two records show that they have a source in common. */
const digestOf = (name: string, source: string): string =>
  createHash('sha256').update(`${name}\n${source}`).digest('base64url').slice(0, DIGEST_CHARACTERS);
