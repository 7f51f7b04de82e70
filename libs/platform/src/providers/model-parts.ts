import { resolve } from 'node:path';
import {
  choice,
  DataFileError,
  knownFields,
  mapping,
  namedEntries,
  text,
} from '@imprest/data-files';
import type { EntryPlace } from './provider-kind.js';

const PARTS = ['images', 'fromReferences', 'clip'] as const;
const OWN_FILE = /\.yaml$/;

export type PartName = (typeof PARTS)[number];

/** A file of the operator, or an example by its name. */
export type PartSource = { readonly path: string } | { readonly example: string };

/** Models of one server by name, and for each what makes its images, images from references and clips. */
export type PartSources = Readonly<Record<string, Readonly<Partial<Record<PartName, PartSource>>>>>;

/**
 * `models: { <name>: { images: text-to-image, clip: flows/waves.yaml } }`; paths go out from the providers file.
 * @param examples that come with the provider
 * @throws DataFileError
 */
export function partSources(
  value: unknown,
  { where, folder }: EntryPlace,
  examples: readonly string[],
): PartSources {
  const models = namedEntries(value, `${where}.models`);
  if (models.length === 0) throw new DataFileError(`${where}.models must have an entry`);
  const sourcesOf = (name: string, given: unknown) => {
    const at = `${where}.models.${name}`;
    const parts = Object.entries(knownFields(mapping(given, at), PARTS, `${at}.`));
    if (parts.length === 0) throw new DataFileError(`${at} must have one of ${PARTS.join(', ')}`);
    return parts.map(([part, file]) => [part, sourceOf(file, `${at}.${part}`, folder, examples)]);
  };
  return Object.fromEntries(
    models.map(([name, given]) => [name, Object.fromEntries(sourcesOf(name, given))]),
  );
}

function sourceOf(
  value: unknown,
  where: string,
  folder: string,
  examples: readonly string[],
): PartSource {
  const file = text(value, where);
  if (OWN_FILE.test(file)) return { path: resolve(folder, file) };
  return { example: choice(file, `${where}, unless it ends in .yaml,`, examples) };
}

interface ModelPart {
  readonly makes: 'images' | 'clip';
  readonly references: { readonly least: number; readonly most: number };
}

/**
 * @param load reads and checks one part
 * @param example finds an example
 * @throws DataFileError, also for a part that cannot do what it is named for
 */
export function loadedParts<Part extends ModelPart>(
  sources: PartSources,
  where: string,
  load: (path: string) => Part,
  example: (name: string) => string,
): Readonly<Record<string, Readonly<Partial<Record<PartName, Part>>>>> {
  const models = Object.entries(sources).map(([name, parts]) => {
    const found = Object.entries(parts).map(([part, source]) => {
      const made = load('path' in source ? source.path : example(source.example));
      const fault = faultOf(part as PartName, made);
      if (fault === undefined) return [part, made] as const;
      throw new DataFileError(`${where}.models.${name}.${part} ${fault}`);
    });
    return [name, Object.fromEntries(found)] as const;
  });
  return Object.fromEntries(models);
}

function faultOf(part: PartName, { makes, references }: ModelPart): string | undefined {
  const right = part === 'clip' ? 'clip' : 'images';
  if (makes !== right) return `makes ${makes}, not ${right}`;
  if (part === 'images' && references.least > 0) return 'needs references: name it fromReferences';
  return part !== 'images' && references.most === 0 ? 'takes no references' : undefined;
}
