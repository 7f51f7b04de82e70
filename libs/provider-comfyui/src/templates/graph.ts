import { DataFileError, mapping, text } from '@imprest/data-files';

/** A value of an input, or `[node, output]`: a link to what another node puts out. */
export type InputValue = string | number | boolean | null | readonly unknown[] | object;

export interface GraphNode {
  readonly class_type: string;
  readonly inputs: Readonly<Record<string, InputValue>>;
}

/** A workflow as ComfyUI's "Export (API)" writes it: nodes by their ids. */
export type Graph = Readonly<Record<string, GraphNode>>;

const MOST_NODES = 500;
/** A workflow as it is saved for the editor has these instead. */
const EDITOR_FIELDS = ['nodes', 'links'];

export function isLink(value: InputValue | undefined): value is readonly [string, number] {
  return (
    Array.isArray(value) &&
    value.length === 2 &&
    typeof value[0] === 'string' &&
    typeof value[1] === 'number'
  );
}

function nodeOf(id: string, value: unknown): GraphNode {
  const fields = mapping(value, `node ${id}`);
  const classType = text(fields.class_type, `node ${id}.class_type`);
  const inputs = mapping(fields.inputs ?? {}, `node ${id}.inputs`);
  return { class_type: classType, inputs: inputs as GraphNode['inputs'] };
}

/** @throws DataFileError for what is no workflow in API format, and for a link to a node that is not there */
export function parseGraph(json: string): Graph {
  const graph = mapping(parsed(json), 'the workflow');
  if (EDITOR_FIELDS.every((field) => field in graph)) {
    throw new DataFileError('the workflow is saved for the editor: use "Export (API)"');
  }
  const entries = Object.entries(graph);
  if (entries.length === 0 || entries.length > MOST_NODES) {
    throw new DataFileError(`the workflow must have 1 to ${MOST_NODES} nodes`);
  }
  const nodes = new Map(entries.map(([id, value]) => [id, nodeOf(id, value)]));
  for (const [id, { inputs }] of nodes) {
    for (const [input, value] of Object.entries(inputs)) {
      if (isLink(value) && !nodes.has(value[0])) {
        throw new DataFileError(
          `node ${id}.inputs.${input} links to node ${value[0]}: no such node`,
        );
      }
    }
  }
  return Object.fromEntries(nodes);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new DataFileError(error instanceof Error ? error.message : String(error));
  }
}
