import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { AddressPolicy } from './address-policy.js';
import { OutgoingRequestError } from './outgoing-request-error.js';

/** All IPv4 and IPv6 addresses of a host name. Rejects, or answers none, when it does not resolve. */
export type ResolveAddresses = (hostname: string) => Promise<readonly string[]>;

/**
 * DNS by sockets rather than getaddrinfo: the latter holds one of few threads for as long as a slow
 * name server likes, and one tenant's dead name server must not hold up everyone's files.
 * The hosts file is not read.
 * @param servers `address:port` of name servers; the system's when absent
 */
export function dnsResolver(servers?: readonly string[]): ResolveAddresses {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  if (servers) resolver.setServers(servers);
  return async (hostname) => {
    const [v4, v6] = await Promise.allSettled([
      resolver.resolve4(hostname),
      resolver.resolve6(hostname),
    ]);
    if (v4.status === 'rejected' && v6.status === 'rejected') throw v4.reason;
    return [v4, v6].flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  };
}

/** Resolves names to addresses that may be connected to. Concurrent questions about one name share an answer. */
export class GuardedNameResolution {
  private readonly inFlight = new Map<string, Promise<readonly string[]>>();

  constructor(
    private readonly addresses: AddressPolicy,
    private readonly localhostAddresses: readonly string[],
    private readonly resolve: ResolveAddresses,
  ) {}

  /**
   * @param hostname a DNS name, `localhost` or an IP address
   * @throws OutgoingRequestError `forbidden_target` when any one address is forbidden: an answer that
   * mixes public and private addresses is an attack or a mistake; `connection_failed` when there is none
   */
  permittedAddresses(hostname: string): Promise<readonly string[]> {
    const running = this.inFlight.get(hostname);
    if (running) return running;
    const asked = this.ask(hostname).finally(() => this.inFlight.delete(hostname));
    this.inFlight.set(hostname, asked);
    return asked;
  }

  private async ask(hostname: string): Promise<readonly string[]> {
    const answer = await this.lookUp(hostname);
    const forbidden = answer.find((address) => this.addresses.judge(address) === 'forbidden');
    if (forbidden !== undefined) {
      throw new OutgoingRequestError(
        'forbidden_target',
        `${hostname}: resolves to an address that is not public`,
        { cause: new Error(`${forbidden} is forbidden`) },
      );
    }
    if (answer.length === 0) {
      throw new OutgoingRequestError('connection_failed', `${hostname}: does not resolve`);
    }
    return answer;
  }

  private async lookUp(hostname: string): Promise<readonly string[]> {
    if (isIP(hostname) !== 0) return [hostname];
    if (hostname === 'localhost') return this.localhostAddresses;
    try {
      return await this.resolve(hostname);
    } catch (error) {
      throw new OutgoingRequestError('connection_failed', `${hostname}: does not resolve`, {
        cause: error,
      });
    }
  }
}
