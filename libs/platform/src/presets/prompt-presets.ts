import {
  DataFileError,
  knownFields,
  lines,
  loadDataFile,
  mapping,
  readYaml,
  text,
} from '@imprest/data-files';
import {
  type Preset,
  type PresetKind,
  type PresetLibrary,
  presetKinds,
  wordsOf,
} from '@imprest/domain';
import { builtInDataFile } from '../data-files/built-in-data-file.js';

/** What a file says; an operator's may leave out all but the version. */
interface PresetFile {
  readonly version: string;
  readonly presets: readonly Preset[];
  readonly quality: Readonly<Record<string, string>>;
  readonly negativePrompt: string | undefined;
}

const FILE_FIELDS = ['version', 'quality', 'negativePrompt', 'presets'];
const MOST_PRESETS = 2_000;
const LONGEST = { label: 60, text: 300, house: 1_000 };

function bounded(value: unknown, where: string, most: number): string {
  const found = text(value, where).trim();
  if (found.length <= most) return found;
  throw new DataFileError(`${where} must be at most ${most} characters`);
}

function spelling(value: unknown, where: string): string {
  const found = bounded(value, where, LONGEST.label);
  if (wordsOf(found).length > 0) return found;
  throw new DataFileError(`${where} must have letters or digits`);
}

function preset(kind: PresetKind, label: string, value: unknown): Preset {
  const where = `presets.${kind}.${label}`;
  const given = typeof value === 'string' ? { text: value } : mapping(value, where);
  const fields = knownFields(given, ['text', 'aliases'], `${where}.`);
  return {
    label: spelling(label, where),
    kind,
    aliases: lines(fields.aliases ?? [], `${where}.aliases`).map((alias) => spelling(alias, where)),
    text: bounded(fields.text, `${where}.text`, LONGEST.text),
  };
}

function presetsOf(value: unknown): readonly Preset[] {
  const kinds = knownFields(mapping(value ?? {}, 'presets'), presetKinds, 'presets.');
  return presetKinds.flatMap((kind) =>
    Object.entries(mapping(kinds[kind] ?? {}, `presets.${kind}`)).map(([label, entry]) =>
      preset(kind, label, entry),
    ),
  );
}

function fileOf(yaml: string): PresetFile {
  const file = knownFields(mapping(readYaml(yaml), 'the file'), FILE_FIELDS);
  const quality = Object.entries(mapping(file.quality ?? {}, 'quality')).map(
    ([model, line]) => [model, bounded(line, `quality.${model}`, LONGEST.house)] as const,
  );
  const negative = file.negativePrompt;
  return {
    version: text(file.version, 'version'),
    presets: presetsOf(file.presets),
    quality: Object.fromEntries(quality),
    negativePrompt:
      negative === undefined ? undefined : bounded(negative, 'negativePrompt', LONGEST.house),
  };
}

const joined = (label: string) => wordsOf(label).join('');

/** A label, or an alias, that could mean two presets would be a matter of chance. */
function checkedForDoubles(presets: readonly Preset[]): readonly Preset[] {
  const owners = new Map<string, string>();
  for (const { label, aliases } of presets) {
    for (const spelt of new Set([label, ...aliases].map(joined))) {
      const owner = owners.get(spelt);
      if (owner === undefined) owners.set(spelt, label);
      else throw new DataFileError(`presets: ${label} is spelt like ${owner}`);
    }
  }
  if (presets.length <= MOST_PRESETS) return presets;
  throw new DataFileError(`presets must be at most ${MOST_PRESETS}`);
}

/** @param own an operator's file, on top: the same label replaces, another one adds. @throws DataFileError */
export function parsePromptPresets(builtIn: string, own?: string): PresetLibrary {
  const files = own === undefined ? [fileOf(builtIn)] : [fileOf(builtIn), fileOf(own)];
  const byLabel = new Map(
    files.flatMap(({ presets }) => presets.map((one) => [joined(one.label), one])),
  );
  const quality = Object.assign({}, ...files.map((file) => file.quality));
  return {
    version: files.map(({ version }) => version).join('+'),
    presets: checkedForDoubles([...byLabel.values()]),
    quality: { ...quality, default: text(quality.default, 'quality.default') },
    negativePrompt: files.map((file) => file.negativePrompt).findLast(Boolean) ?? '',
  };
}

/** The built-in library, and the operator's file on top of it. @throws DataFileError */
export function loadPromptPresets(file?: string): PresetLibrary {
  const asItIs = (yaml: string) => yaml;
  const builtIn = loadDataFile('prompt presets', builtInDataFile('prompt-presets.yaml'), asItIs);
  if (file === undefined) return parsePromptPresets(builtIn);
  return loadDataFile('prompt presets', file, (own) => parsePromptPresets(builtIn, own));
}
