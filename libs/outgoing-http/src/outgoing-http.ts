import type { Agent } from 'undici';
import { AddressPolicy } from './address-policy.js';
import { type DownloadedFile, type DownloadRequest, download } from './download.js';
import { exchange, type OutgoingResponse } from './exchange.js';
import { createGuardedAgent } from './guarded-agent.js';
import { dnsResolver, GuardedNameResolution, type ResolveAddresses } from './name-resolution.js';
import { OutgoingRequestError } from './outgoing-request-error.js';
import { TargetCache } from './target-cache.js';
import { TargetPolicy } from './target-policy.js';

export interface OutgoingHttpOptions {
  /** Private ranges that may be reached, by http and on any port too. Metadata services never may. */
  readonly allowCidrs: readonly string[];
  /** Ports of public targets. Default 443 and 8443. */
  readonly allowedPorts?: readonly number[];
  /** The product's own public host names. */
  readonly ownHostnames?: readonly string[];
  /** Most connections to one origin at a time. Default 32. */
  readonly connections?: number;
  /** From name resolution to the end of the TLS handshake. Default 10,000. */
  readonly connectTimeoutMs?: number;
  /** PEM certificates trusted beside the public ones, for private authorities. */
  readonly trustedCertificates?: readonly string[];
  /** Default: DNS. */
  readonly resolve?: ResolveAddresses;
}

export interface OutgoingRequest {
  readonly url: string;
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** From the call to the last byte of the response, waiting for a connection included. */
  readonly timeoutMs: number;
  /** From the call to the end of the response's headers; `timeoutMs` when absent. */
  readonly headersTimeoutMs?: number;
  /** What is kept of the response's body; the rest is dropped. */
  readonly maxResponseBytes: number;
  readonly signal?: AbortSignal;
}

/** `reason` continues a sentence that begins with the name of the URL's field. */
export type UrlCheck =
  | { readonly ok: true; readonly url: URL }
  | { readonly ok: false; readonly reason: string };

const DEFAULT_PORTS = [443, 8443];
const DEFAULT_CONNECTIONS = 32;
const DEFAULT_CONNECT_TIMEOUT_MS = 10_000;

/** The one way out of the product to a URL somebody else chose. */
export class OutgoingHttp {
  private readonly policy: TargetPolicy;
  private readonly targets: TargetCache;
  private readonly names: GuardedNameResolution;
  private readonly agent: Agent;

  /** @throws RangeError when `allowCidrs` holds something else than CIDR ranges */
  constructor(options: OutgoingHttpOptions) {
    const addresses = new AddressPolicy(options.allowCidrs);
    this.policy = new TargetPolicy(addresses, {
      allowedPorts: options.allowedPorts ?? DEFAULT_PORTS,
      ownHostnames: options.ownHostnames ?? [],
    });
    this.targets = new TargetCache(this.policy);
    this.names = new GuardedNameResolution(
      addresses,
      this.policy.localhostAddresses,
      options.resolve ?? dnsResolver(),
    );
    this.agent = createGuardedAgent({
      names: this.names,
      connections: options.connections ?? DEFAULT_CONNECTIONS,
      connectTimeoutMs: options.connectTimeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS,
      trustedCertificates: options.trustedCertificates ?? [],
    });
  }

  /** Judges the URL by its text, without DNS. */
  checkUrl(url: string): UrlCheck {
    const verdict = this.policy.check(url);
    return verdict.ok ? { ok: true, url: new URL(url) } : verdict;
  }

  /** `checkUrl`, and every address the host resolves to now: for the moment a URL is saved. */
  async checkTarget(url: string): Promise<UrlCheck> {
    const verdict = this.policy.check(url);
    if (!verdict.ok) return verdict;
    try {
      await this.names.permittedAddresses(verdict.target.hostname);
      return { ok: true, url: new URL(url) };
    } catch (error) {
      const forbidden = error instanceof OutgoingRequestError && error.code === 'forbidden_target';
      return {
        ok: false,
        reason: forbidden
          ? 'names a host that resolves to an address that is not public'
          : 'names a host that does not resolve',
      };
    }
  }

  /** Whose connections a request to this URL shares; undefined when it must not be made. */
  originOf(url: string): string | undefined {
    return this.targets.find(url)?.origin;
  }

  /**
   * Sends one request over a pooled connection. Follows no redirect: a 3xx is a response like any other.
   * The host header is always the URL's.
   * @throws OutgoingRequestError
   */
  async request(request: OutgoingRequest): Promise<OutgoingResponse> {
    return exchange(this.agent, {
      target: this.targets.permitted(request.url),
      method: request.method,
      headers: withoutHost(request.headers ?? {}),
      body: request.body,
      timeoutMs: request.timeoutMs,
      headersTimeoutMs: request.headersTimeoutMs,
      maxResponseBytes: request.maxResponseBytes,
      overflow: 'truncate',
      signal: request.signal,
    });
  }

  /**
   * Gets a file, following redirects, each judged like the first URL.
   * @throws OutgoingRequestError
   */
  async download(request: DownloadRequest): Promise<DownloadedFile> {
    return download(this.agent, this.targets, request);
  }

  /** Waits for running requests, then closes every connection. Safe to repeat. */
  async close(): Promise<void> {
    if (!this.agent.destroyed) await this.agent.close();
  }
}

/** Another host header than the URL's would reach another site than the one that was checked. */
function withoutHost(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const name in headers) {
    if (name.length === 4 && name.toLowerCase() === 'host') {
      throw new OutgoingRequestError('protocol', 'the host header cannot be chosen');
    }
  }
  return headers;
}
