import type { EnvironmentReader } from '../environment-reader.js';
import { engineUrl, unknownOptions } from './engine-url.js';
import { hostAndPort, isLoopback } from './host.js';

export const SASL_MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;

export interface KafkaAuthentication {
  readonly mechanism: (typeof SASL_MECHANISMS)[number];
  readonly username: string;
  readonly password: string;
}

export type MessageBusChoice =
  | { readonly kind: 'direct' }
  | {
      readonly kind: 'kafka';
      /** host:port of each broker to ask first. */
      readonly brokers: readonly string[];
      readonly tls: boolean;
      readonly sasl: KafkaAuthentication | undefined;
      /** Topics are `<prefix>.<category>`, consumer groups `<prefix>.<consumer>`. */
      readonly prefix: string;
    };

const OPTIONS = ['tls', 'sasl', 'prefix'];
const PREFIX = /^[A-Za-z0-9][A-Za-z0-9._-]{0,49}$/;
const DEFAULT_PREFIX = 'imprest';

function authentication(
  reader: EnvironmentReader,
  mechanism: string | null,
): KafkaAuthentication | undefined {
  const username = reader.text('KAFKA_USERNAME');
  const password = reader.text('KAFKA_PASSWORD');
  if (mechanism === null) return undefined;
  const known = SASL_MECHANISMS.find((name) => name === mechanism);
  if (known === undefined) {
    reader.problems.push(`MESSAGE_BUS: sasl must be one of ${SASL_MECHANISMS.join(', ')}`);
  } else if (username === undefined || password === undefined) {
    reader.problems.push(`MESSAGE_BUS has sasl=${known}: set KAFKA_USERNAME and KAFKA_PASSWORD`);
  } else {
    return { mechanism: known, username, password };
  }
  return undefined;
}

/** `direct`, or `kafka://host:port[,host:port][?tls=true][&sasl=…][&prefix=…]`. */
export function messageBusChoice(reader: EnvironmentReader, plaintext: boolean): MessageBusChoice {
  const text = reader.text('MESSAGE_BUS') ?? 'direct';
  if (text === 'direct') return { kind: 'direct' };
  const url = engineUrl(text);
  const hosts = url?.hosts.map(hostAndPort) ?? [];
  const complete = hosts.length > 0 && hosts.every((at) => at?.port !== undefined);
  const tls = url?.options.get('tls') ?? 'false';
  const bare = url?.credentials === undefined && url?.path === '';
  const fits = url?.scheme === 'kafka' && bare && complete && ['true', 'false'].includes(tls);
  if (!url || !fits || unknownOptions(url.options, OPTIONS).length > 0) {
    reader.problems.push(
      'MESSAGE_BUS must be direct or kafka://host:port[,host:port][?tls=true][&sasl=scram-sha-512]',
    );
    return { kind: 'direct' };
  }
  if (tls === 'false' && !plaintext && !hosts.every((at) => at && isLoopback(at.host))) {
    reader.problems.push(
      'MESSAGE_BUS leads to another host without tls=true: everyone between could read and forge events. Use TLS, or set ALLOW_PLAINTEXT_ENGINES=true for a network of your own',
    );
  }
  const prefix = url.options.get('prefix') ?? DEFAULT_PREFIX;
  if (!PREFIX.test(prefix)) {
    reader.problems.push(
      'MESSAGE_BUS: prefix may have letters, digits, dots, _ and - only, 50 at most',
    );
  }
  const sasl = authentication(reader, url.options.get('sasl'));
  return { kind: 'kafka', brokers: url.hosts, tls: tls === 'true', sasl, prefix };
}
