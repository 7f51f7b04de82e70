import { dirname } from 'node:path';
import type { GenerationProvider } from '@imprest/application';
import {
  choice,
  DataFileError,
  knownFields,
  loadDataFile,
  mapping,
  namedEntries,
  readYaml,
  text,
  wholeNumber,
} from '@imprest/data-files';
import { builtInDataFile } from '../data-files/built-in-data-file.js';
import { cog } from './kinds/cog.js';
import { comfyui } from './kinds/comfyui.js';
import { openAiImages } from './kinds/openai-images.js';
import { noOp, simulator } from './kinds/simulator.js';
import { LimitedProvider } from './limited-provider.js';
import type { OpenProvider, ProviderKind, ProviderServices } from './provider-kind.js';

/** One provider of the file. */
export interface ProviderEntry {
  /** By which models refer to it. */
  readonly name: string;
  readonly kind: string;
  /** Jobs it does at once; as many as the worker has slots when absent. */
  readonly concurrency?: number;
  /** What the operator says of it. */
  readonly labels: Readonly<Record<string, string>>;
  readonly open: OpenProvider;
}

const KINDS = {
  simulator,
  'no-op': noOp,
  'openai-images': openAiImages,
  comfyui,
  cog,
} as const satisfies Record<string, ProviderKind>;
const KIND_NAMES = Object.keys(KINDS) as (keyof typeof KINDS)[];
const COMMON = ['kind', 'concurrency', 'labels'];
const MOST_AT_ONCE = 64;
const MOST_LABELS = 16;
const LONGEST_LABEL = 100;

function labelsOf(given: unknown, where: string): Readonly<Record<string, string>> {
  const labels = namedEntries(given, where).map(([name, value]) => {
    const label = text(value, `${where}.${name}`);
    if (label.length <= LONGEST_LABEL) return [name, label];
    throw new DataFileError(`${where}.${name} must be at most ${LONGEST_LABEL} characters`);
  });
  if (labels.length <= MOST_LABELS) return Object.fromEntries(labels);
  throw new DataFileError(`${where} must be at most ${MOST_LABELS}`);
}

function entryOf(name: string, value: unknown, folder: string): ProviderEntry {
  const where = `providers.${name}`;
  const given = mapping(value, where);
  const kindName = choice(given.kind, `${where}.kind`, KIND_NAMES);
  const kind: ProviderKind = KINDS[kindName];
  const fields = knownFields(given, [...COMMON, ...kind.fields], `${where}.`);
  const { concurrency, labels = {} } = fields;
  return {
    name,
    kind: kindName,
    ...(concurrency !== undefined && {
      concurrency: wholeNumber(concurrency, `${where}.concurrency`, 1, MOST_AT_ONCE),
    }),
    labels: labelsOf(labels, `${where}.labels`),
    open: kind.read(fields, { name, where, folder }),
  };
}

/** @param folder from which relative paths in the file go out. @throws DataFileError */
export function parseProviders(yaml: string, folder: string): readonly ProviderEntry[] {
  const file = knownFields(mapping(readYaml(yaml), 'the file'), ['providers']);
  const entries = namedEntries(file.providers, 'providers');
  if (entries.length === 0) throw new DataFileError('providers must have an entry');
  return entries.map(([name, value]) => entryOf(name, value, folder));
}

/** The operator's file, or the built-in one. @throws DataFileError */
export function loadProviders(file?: string): readonly ProviderEntry[] {
  const path = file ?? builtInDataFile('providers.yaml');
  return loadDataFile('providers', path, (yaml) => parseProviders(yaml, dirname(path)));
}

/** Providers by name. Only the code of those kinds that are there is loaded. @throws DataFileError for a missing key */
export async function openProviders(
  entries: readonly ProviderEntry[],
  services: ProviderServices,
): Promise<ReadonlyMap<string, GenerationProvider>> {
  const opened = entries.map(async ({ name, concurrency, open }) => {
    const provider = await open(services);
    const limited =
      concurrency === undefined ? provider : new LimitedProvider(provider, concurrency);
    return [name, limited] as const;
  });
  return new Map(await Promise.all(opened));
}
