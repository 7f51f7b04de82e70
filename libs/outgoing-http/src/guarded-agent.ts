import { isIP, type LookupFunction } from 'node:net';
import { createSecureContext, rootCertificates } from 'node:tls';
import { Agent, buildConnector, Client, Pool } from 'undici';
import type { GuardedNameResolution } from './name-resolution.js';

/** The other end of a client's one connection, while it has one. */
export interface Peer {
  address: string | undefined;
  /** `performance.now()` of when the connection was there. */
  connectedAtMs: number;
  /** What that took: name look-up, connection and TLS. */
  connectMs: number;
}

/** What travels with a request through the pools; the client that takes it says where it is connected. */
export interface GuardedDispatchOptions extends Agent.DispatchOptions {
  peer?: Peer;
}

export interface GuardedAgentOptions {
  readonly names: GuardedNameResolution;
  /** Most connections to one origin at a time. */
  readonly connections: number;
  /** Includes name resolution and the TLS handshake. */
  readonly connectTimeoutMs: number;
  /** PEM certificates trusted beside the public ones. */
  readonly trustedCertificates: readonly string[];
}

/** Closes a busy connection now and then, so that a change of DNS is followed without a quiet moment. */
const MAX_REQUESTS_PER_CONNECTION = 1_000;
/** Node gives up on an address after 250 ms, which a slow but sound route to the other side of the world exceeds. */
const NEXT_ADDRESS_AFTER_MS = 1_000;

/** One pool of keep-alive connections per origin; addresses are checked at the moment of connecting. */
export function createGuardedAgent(options: GuardedAgentOptions): Agent {
  return new Agent({
    connect: guardedConnector(options),
    connections: options.connections,
    pipelining: 1,
    allowH2: false,
    maxRequestsPerClient: MAX_REQUESTS_PER_CONNECTION,
    keepAliveMaxTimeout: 60_000,
    headersTimeout: 0,
    bodyTimeout: 0,
    factory: (origin, pool) =>
      new Pool(origin, {
        ...pool,
        factory: (clientOrigin, client) => new PeerReportingClient(clientOrigin, client),
      }),
  });
}

/** Checks and connects in one step: the addresses checked are the very ones the socket is given. */
function guardedConnector(options: GuardedAgentOptions): buildConnector.connector {
  const connect = buildConnector({
    allowH2: false,
    timeout: options.connectTimeoutMs,
    lookup: guardedLookup(options.names),
    autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_AFTER_MS,
    ...trust(options.trustedCertificates),
  });
  return (target, callback) => {
    if (isIP(target.hostname) === 0) {
      connect(target, callback);
      return;
    }
    // A socket never looks an IP address up, so the check in `lookup` would not see it.
    options.names.permittedAddresses(target.hostname).then(
      () => connect(target, callback),
      (error) => callback(error, null),
    );
  };
}

function guardedLookup(names: GuardedNameResolution): LookupFunction {
  return (hostname, { all }, callback) => {
    names.permittedAddresses(hostname).then(
      (addresses) => {
        const answers = addresses.map((address) => ({ address, family: isIP(address) }));
        if (all) callback(null, answers);
        else callback(null, answers[0]!.address, answers[0]!.family);
      },
      (error) => callback(error, '', 0),
    );
  };
}

function trust(certificates: readonly string[]) {
  if (certificates.length === 0) return undefined;
  return { secureContext: createSecureContext({ ca: [...rootCertificates, ...certificates] }) };
}

class PeerReportingClient extends Client {
  private readonly peer: Peer;

  constructor(origin: URL, options: Client.Options) {
    const peer: Peer = { address: undefined, connectedAtMs: 0, connectMs: 0 };
    const connect = options.connect as buildConnector.connector;
    super(origin, {
      ...options,
      connect: (target, callback) => {
        const begunAtMs = performance.now();
        connect(target, (...outcome) => {
          peer.address = outcome[1]?.remoteAddress;
          peer.connectedAtMs = performance.now();
          peer.connectMs = peer.connectedAtMs - begunAtMs;
          callback(...outcome);
        });
      },
    });
    this.peer = peer;
  }

  override dispatch(options: GuardedDispatchOptions, handler: Parameters<Client['dispatch']>[1]) {
    options.peer = this.peer;
    return super.dispatch(options, handler);
  }
}
