import type { EnvironmentReader } from '../environment-reader.js';
import { engineUrl } from './engine-url.js';
import { hostAndPort, isLoopback } from './host.js';

export type EventStoreChoice =
  | { readonly kind: 'postgres' }
  /** Passed to the client as it is: user, password, hosts and options. */
  | { readonly kind: 'eventstoredb'; readonly connectionString: string };

const SCHEMES = ['esdb', 'esdb+discover'];

/** `postgres`, or the connection string of an EventStoreDB. */
export function eventStoreChoice(reader: EnvironmentReader, plaintext: boolean): EventStoreChoice {
  const text = reader.text('EVENT_STORE') ?? 'postgres';
  if (text === 'postgres') return { kind: 'postgres' };
  const url = engineUrl(text);
  const hosts = url?.hosts.map(hostAndPort) ?? [];
  if (!url || !SCHEMES.includes(url.scheme) || hosts.includes(undefined)) {
    reader.problems.push(
      'EVENT_STORE must be postgres or esdb://[user:password@]host:port[,host:port][?tls=…]',
    );
    return { kind: 'postgres' };
  }
  const unprotected = url.options.get('tls') === 'false';
  if (unprotected && !plaintext && !hosts.every((at) => at && isLoopback(at.host))) {
    reader.problems.push(
      'EVENT_STORE has tls=false and leads to another host: everyone between could read and forge events. Use TLS, or set ALLOW_PLAINTEXT_ENGINES=true for a network of your own',
    );
  }
  return { kind: 'eventstoredb', connectionString: text };
}
