import { isIP } from 'node:net';
import type { EnvironmentReader } from './environment-reader.js';

const LONGEST_PREFIX: Readonly<Record<number, number>> = { 4: 32, 6: 128 };

function isRange(text: string): boolean {
  const [address = '', prefix = '', ...more] = text.split('/');
  const longest = LONGEST_PREFIX[isIP(address)];
  if (longest === undefined || more.length > 0) return false;
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= longest;
}

/** Ranges of addresses, comma-separated. */
export function networkRanges(
  reader: EnvironmentReader,
  name: 'WEBHOOK_ALLOW_CIDRS' | 'TRUSTED_PROXIES',
): readonly string[] {
  const given = reader.text(name)?.split(',') ?? [];
  const ranges = given.map((range) => range.trim()).filter((range) => range !== '');
  for (const range of ranges) {
    if (!isRange(range)) {
      reader.problems.push(`${name}: ${range} is not a range such as 127.0.0.0/8`);
    }
  }
  return ranges;
}

/** Whoever is believed may say where a request came from. */
export function trustedProxies(reader: EnvironmentReader): readonly string[] {
  const ranges = networkRanges(reader, 'TRUSTED_PROXIES');
  for (const range of ranges) {
    if (!/\/0+$/.test(range)) continue;
    reader.problems.push(
      `TRUSTED_PROXIES: ${range} would believe everybody: name the addresses of your proxies`,
    );
  }
  return ranges;
}
