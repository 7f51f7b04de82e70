import { isIPv4 } from 'node:net';
import { domainToUnicode } from 'node:url';
import { AddressPolicy } from './address-policy.js';

/** A URL that may be requested, as far as can be told without DNS. */
export interface Target {
  /** Scheme, host and port. */
  readonly origin: string;
  /** Path with query, without fragment. */
  readonly path: string;
  /** Lower case ASCII; an IPv6 address without brackets. */
  readonly hostname: string;
}

export type TargetVerdict =
  | { readonly ok: true; readonly target: Target }
  | { readonly ok: false; readonly reason: string };

export interface TargetRules {
  /** Ports of public targets. Targets in an allowed range may use any. */
  readonly allowedPorts: readonly number[];
  /** The product's own names: a request to itself would run with its own network position. */
  readonly ownHostnames: readonly string[];
}

const MAX_URL_LENGTH = 2048;
/** The URL parser drops or rewrites these, so a reader would see another URL than the one requested. */
const AMBIGUOUS = /[\p{C}\p{Z}\\]/u;
const AUTHORITY = /^https?:\/\/([^/?#]+)/i;
const DNS_NAME =
  /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)+$/;
/** Never in public DNS (RFC 6761, 6762, 7686, 8375, 9476 and ICANN's .internal). */
const NEVER_PUBLIC = /(^|\.)(localhost|localdomain|local|internal|home\.arpa|onion|invalid|alt)$/;
const LOOPBACK = ['127.0.0.1', '::1'];

/** Judges a URL by its text alone; names are judged again by what they resolve to. */
export class TargetPolicy {
  private readonly ownHostnames: ReadonlySet<string>;
  private readonly allowedPorts: ReadonlySet<number>;
  /** Where `localhost` leads: it is never asked of DNS (RFC 6761, section 6.3). */
  readonly localhostAddresses: readonly string[];

  constructor(
    private readonly addresses: AddressPolicy,
    rules: TargetRules,
  ) {
    this.allowedPorts = new Set(rules.allowedPorts);
    this.ownHostnames = new Set(rules.ownHostnames.map((name) => name.toLowerCase()));
    this.localhostAddresses = LOOPBACK.filter((address) => addresses.judge(address) === 'allowed');
  }

  check(text: string): TargetVerdict {
    if (text.length > MAX_URL_LENGTH) return refuse(`is longer than ${MAX_URL_LENGTH} characters`);
    if (AMBIGUOUS.test(text)) return refuse('holds a space, a backslash or an invisible character');
    const authority = AUTHORITY.exec(text)?.[1];
    if (authority === undefined || !URL.canParse(text)) return refuse('is not an https:// URL');
    if (authority.includes('@')) return refuse('holds credentials');
    const url = new URL(text);
    if (!isDecodable(url.hostname)) return refuse('is not an https:// URL');
    const hostname = url.hostname.replace(/^\[(.*)\]$/, '$1');
    const host = this.judgeHost(url.hostname, hostname, authority);
    if (typeof host === 'object') return host;
    const reason = host === 'allowed' ? anyPort(url) : this.publicRules(url);
    if (reason !== undefined) return refuse(reason);
    return {
      ok: true,
      target: { origin: url.origin, path: `${url.pathname}${url.search}`, hostname },
    };
  }

  private judgeHost(
    urlHostname: string,
    hostname: string,
    authority: string,
  ): 'public' | 'allowed' | { readonly ok: false; readonly reason: string } {
    const own = this.ownHostnames.has(hostname);
    if (isIPv4(hostname) || urlHostname !== hostname) {
      if (authority.toLowerCase().replace(/:\d*$/, '') !== urlHostname) {
        return refuse('writes its IP address in an unusual form');
      }
      const verdict = this.addresses.judge(hostname);
      if (verdict === 'forbidden') return refuse('names an address that is not public');
      return own && verdict === 'public' ? refuse('names this service itself') : verdict;
    }
    if (hostname === 'localhost' && this.localhostAddresses.length > 0) return 'allowed';
    if (own) return refuse('names this service itself');
    if (!DNS_NAME.test(hostname)) return refuse('needs a full host name such as hooks.example.com');
    if (NEVER_PUBLIC.test(hostname) && !this.reachableInside(hostname)) {
      return refuse('names a host that is not in public DNS');
    }
    return 'public';
  }

  /** Private DNS zones make sense once the operator has opened a private range. */
  private reachableInside(hostname: string): boolean {
    return this.addresses.opensPrivateRanges && /\.(internal|local|home\.arpa)$/.test(hostname);
  }

  private publicRules(url: URL): string | undefined {
    if (url.protocol !== 'https:') return 'is not an https:// URL';
    if (this.allowedPorts.has(Number(url.port || '443'))) return undefined;
    return `uses a port other than ${[...this.allowedPorts].join(', ')}`;
  }
}

/** URL parsers of newer runtimes let a label pass that is no Punycode (RFC 5891, section 5.4); resolvers differ on it. */
function isDecodable(hostname: string): boolean {
  if (!hostname.includes('xn--')) return true;
  const decoded = domainToUnicode(hostname);
  return decoded !== '' && !decoded.includes('xn--');
}

function anyPort(url: URL): string | undefined {
  return url.port === '0' ? 'uses port 0' : undefined;
}

/** The reason continues a sentence that begins with the URL's name: "webhookUrl …". */
function refuse(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason };
}
