import { isIPv4, isIPv6 } from 'node:net';

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
const GROUPS = 8;

/** The groups of an address, those that `::` stands for included. */
function groupsOf(address: string): readonly string[] {
  const [before = '', after] = address.split('::');
  const split = (text: string) => (text === '' ? [] : text.split(':'));
  if (after === undefined) return split(before);
  const [head, tail] = [split(before), split(after)];
  const missing = Math.max(0, GROUPS - head.length - tail.length);
  return [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
}

const shortened = (group: string) => Number.parseInt(group, 16).toString(16);

/**
 * The network that an address is in, for people to recognise: a /24 of IPv4, a /48 of IPv6. Which computer of it is
 * nobody's business, as long as it need not be known. Null for what is no address.
 */
export function networkOf(address: string): string | null {
  const plain = MAPPED.exec(address)?.[1] ?? address;
  if (isIPv4(plain)) return `${plain.split('.').slice(0, 3).join('.')}.0/24`;
  if (!isIPv6(plain)) return null;
  const groups = groupsOf(plain).slice(0, 3).map(shortened);
  while (groups.at(-1) === '0') groups.pop();
  return `${groups.join(':')}::/48`;
}
