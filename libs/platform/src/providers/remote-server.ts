import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  DataFileError,
  type Fields,
  knownFields,
  mapping,
  text,
  wholeNumber,
} from '@imprest/data-files';
import { PROVIDER_KEY_VARIABLE, providerKey } from '../config/provider-key.js';
import type { EntryPlace, ProviderServices } from './provider-kind.js';

/** A server of models that the operator runs or rents. */
export interface RemoteServer {
  readonly url: string;
  readonly deadlines: {
    readonly connectMs: number;
    readonly workMs: number;
    readonly answerMs: number;
    readonly idleMs: number;
  };
  readonly mostFileBytes: number;
  /** @throws DataFileError when it is configured and not there */
  key(services: ProviderServices): string | undefined;
}

export const REMOTE_FIELDS = ['url', 'keyFile', 'keyVariable', 'timeouts', 'maxOutputMegabytes'];
const TIMEOUTS = ['connectSeconds', 'workSeconds', 'answerSeconds', 'idleSeconds'] as const;
const USUAL = { connectSeconds: 10, workSeconds: 600, answerSeconds: 30, idleSeconds: 60 };
const MOST_SECONDS = 3_600;
const MEGABYTE = 1024 * 1024;
/** The most that a worker may hand in. */
const MOST_MEGABYTES = 64;

/** @throws DataFileError */
export function remoteServer(fields: Fields, { where, folder }: EntryPlace): RemoteServer {
  const given = knownFields(
    mapping(fields.timeouts ?? {}, `${where}.timeouts`),
    TIMEOUTS,
    `${where}.timeouts.`,
  );
  const milliseconds = (name: (typeof TIMEOUTS)[number]) =>
    wholeNumber(given[name] ?? USUAL[name], `${where}.timeouts.${name}`, 1, MOST_SECONDS) * 1_000;
  const megabytes = fields.maxOutputMegabytes ?? MOST_MEGABYTES;
  return {
    url: serverUrl(fields.url, `${where}.url`),
    deadlines: {
      connectMs: milliseconds('connectSeconds'),
      workMs: milliseconds('workSeconds'),
      answerMs: milliseconds('answerSeconds'),
      idleMs: milliseconds('idleSeconds'),
    },
    mostFileBytes:
      wholeNumber(megabytes, `${where}.maxOutputMegabytes`, 1, MOST_MEGABYTES) * MEGABYTE,
    key: keyOf(fields, where, folder),
  };
}

function serverUrl(value: unknown, where: string): string {
  const given = text(value, where);
  const parsed = URL.canParse(given) ? new URL(given) : undefined;
  if (parsed === undefined || !['http:', 'https:'].includes(parsed.protocol)) {
    throw new DataFileError(`${where} must be a URL that begins with http: or https:`);
  }
  if (parsed.username !== '' || parsed.password !== '') {
    throw new DataFileError(`${where} must hold no password: use keyFile or keyVariable`);
  }
  return given;
}

function keyOf(fields: Fields, where: string, folder: string): RemoteServer['key'] {
  const { keyFile, keyVariable } = fields;
  if (keyFile !== undefined && keyVariable !== undefined) {
    throw new DataFileError(`${where} must have one of keyFile and keyVariable`);
  }
  if (keyFile !== undefined) {
    const path = resolve(folder, text(keyFile, `${where}.keyFile`));
    return () => required(() => readFileSync(path, 'utf8').trim(), `${where}.keyFile`);
  }
  if (keyVariable === undefined) return () => undefined;
  const name = text(keyVariable, `${where}.keyVariable`);
  if (!PROVIDER_KEY_VARIABLE.test(name)) {
    throw new DataFileError(`${where}.keyVariable must match ${PROVIDER_KEY_VARIABLE.source}`);
  }
  return ({ environment }) =>
    required(() => providerKey(name, environment), `${where}.keyVariable`);
}

function required(read: () => string | undefined, where: string): string {
  let key: string | undefined;
  try {
    key = read();
  } catch {
    throw new DataFileError(`${where} names a file that cannot be read`);
  }
  if (key) return key;
  throw new DataFileError(`${where} names a key that is not there`);
}
