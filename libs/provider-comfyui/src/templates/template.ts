import { dirname, join } from 'node:path';
import type { OutputMediaType } from '@imprest/application';
import {
  choice,
  DataFileError,
  knownFields,
  loadDataFile,
  mapping,
  readYaml,
  text,
} from '@imprest/data-files';
import { type Graph, parseGraph } from './graph.js';
import { nodeNamed, parseSlots, type SlotName, type Slots } from './slots.js';

/** A workflow of the operator, and where the values of a request go. */
export interface Template {
  readonly name: string;
  readonly makes: 'images' | 'clip';
  readonly graph: Graph;
  readonly slots: Slots;
  /** Whose output is handed over. */
  readonly outputNode: string;
  /** How many a request must have: one for each slot. */
  readonly references: { readonly least: number; readonly most: number };
  /** What a clip is; images are turned into whatever is asked for. */
  readonly clipType?: OutputMediaType;
}

const FIELDS = ['makes', 'graph', 'slots', 'output'];
const OUTPUT_FIELDS = ['node', 'mediaType'];
const NEEDED: Readonly<Record<Template['makes'], readonly SlotName[]>> = {
  // Without another file name each time, a server may answer from its cache without a file.
  images: ['prompt', 'seed', 'width', 'height', 'filenamePrefix'],
  clip: ['seed', 'width', 'height', 'frames', 'filenamePrefix'],
};
const PLAIN_FILE = /^[A-Za-z0-9][A-Za-z0-9._-]*\.json$/;
const CLIP_TYPES = ['video/mp4', 'image/webp'] as const;

/**
 * @param manifest YAML of the fields `makes`, `graph`, `slots` and `output`
 * @param readGraph gives the workflow's JSON by the file name that the manifest tells
 * @throws DataFileError that names the template, the slot and the rule
 */
export function parseTemplate(
  name: string,
  manifest: string,
  readGraph: (file: string) => string,
): Template {
  try {
    return checkedTemplate(name, manifest, readGraph);
  } catch (error) {
    if (!(error instanceof DataFileError)) throw error;
    throw new DataFileError(`template ${name}: ${error.message}`);
  }
}

function checkedTemplate(
  name: string,
  manifest: string,
  readGraph: (file: string) => string,
): Template {
  const fields = knownFields(mapping(readYaml(manifest), 'the manifest'), FIELDS);
  const makes = choice(fields.makes, 'makes', ['images', 'clip']);
  const file = text(fields.graph, 'graph');
  if (!PLAIN_FILE.test(file)) throw new DataFileError(`graph must match ${PLAIN_FILE.source}`);
  const graph = parseGraph(readGraph(file));
  const slots = parseSlots(graph, fields.slots);
  const missing = NEEDED[makes].find((slot) => slots[slot] === undefined);
  if (missing !== undefined) throw new DataFileError(`slots.${missing} is missing`);
  const output = knownFields(mapping(fields.output, 'output'), OUTPUT_FIELDS, 'output.');
  const outputNode = nodeNamed(graph, output.node, 'output.node');
  const { length } = slots.references;
  return {
    ...{ name, makes, graph, slots, outputNode, references: { least: length, most: length } },
    ...(makes === 'clip' && { clipType: choice(output.mediaType, 'output.mediaType', CLIP_TYPES) }),
  };
}

/** Reads a manifest and, from beside it, the workflow. Its name is the file's without `.yaml`. @throws DataFileError */
export function loadTemplate(path: string): Template {
  const name = /([^/\\]+)\.yaml$/.exec(path)?.[1];
  if (name === undefined) throw new DataFileError(`template ${path}: the name must end in .yaml`);
  return loadDataFile('template', path, (manifest) =>
    parseTemplate(name, manifest, (file) =>
      loadDataFile('workflow', join(dirname(path), file), (json) => json),
    ),
  );
}
