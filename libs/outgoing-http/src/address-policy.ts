import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Cidr = readonly [Address, number];

/**
 * `public`: globally routable. `allowed`: in a range the operator opened. `forbidden`: everything else.
 */
export type AddressVerdict = 'public' | 'allowed' | 'forbidden';

/** Instance metadata services hand out credentials: no allow-list opens them. */
const METADATA = new Set(
  ['169.254.169.254', '168.63.129.16', '100.100.100.200', 'fd00:ec2::254'].map((address) =>
    ipaddr.parse(address).toNormalizedString(),
  ),
);

/** Ranges whose last four bytes are the IPv4 address really reached: mapped, and NAT64 (RFC 6052). */
const EMBEDS_IPV4: readonly Cidr[] = ['::ffff:0:0/96', '64:ff9b::/96'].map((cidr) =>
  ipaddr.parseCIDR(cidr),
);

/** All of today's global unicast IPv6 (RFC 4291 and the IANA registry); the rest is unassigned or special. */
const GLOBAL_UNICAST_V6 = ipaddr.IPv6.parseCIDR('2000::/3');

/** Decides, address by address, where a connection may go. */
export class AddressPolicy {
  private readonly allowed: readonly Cidr[];

  /** @throws RangeError naming the first entry that is not a CIDR or that opens every address. */
  constructor(allowCidrs: readonly string[]) {
    this.allowed = allowCidrs.map(parseCidr);
  }

  get opensPrivateRanges(): boolean {
    return this.allowed.length > 0;
  }

  /** `address`: an IP address without brackets or zone. What does not parse is forbidden. */
  judge(address: string): AddressVerdict {
    if (isIP(address) === 0 || address.includes('%')) return 'forbidden';
    const parsed = ipaddr.parse(address);
    if (isMetadata(parsed)) return 'forbidden';
    if (this.allowed.some((cidr) => matches(parsed, cidr))) return 'allowed';
    return isPublic(parsed) ? 'public' : 'forbidden';
  }
}

function isMetadata(address: Address): boolean {
  const embedded = EMBEDS_IPV4.some((cidr) => matches(address, cidr))
    ? ipaddr.fromByteArray(address.toByteArray().slice(-4))
    : address;
  return METADATA.has(embedded.toNormalizedString());
}

/** IPv4-mapped and other embedding forms have ranges of their own in IPv6 and so are never public. */
function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast') return false;
  return address.kind() === 'ipv4' || matches(address, GLOBAL_UNICAST_V6);
}

function matches(address: Address, [network, prefixLength]: Cidr): boolean {
  if (address.kind() !== network.kind()) return false;
  return address.kind() === 'ipv4'
    ? (address as ipaddr.IPv4).match(network as ipaddr.IPv4, prefixLength)
    : (address as ipaddr.IPv6).match(network as ipaddr.IPv6, prefixLength);
}

function parseCidr(text: string): Cidr {
  if (!ipaddr.isValidCIDR(text)) {
    throw new RangeError(`"${text}" is not a CIDR range such as 10.0.0.0/8`);
  }
  const [network, prefixLength] = ipaddr.parseCIDR(text);
  if (prefixLength === 0) throw new RangeError(`"${text}" would open every address`);
  return [network, prefixLength];
}
