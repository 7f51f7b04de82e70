import fc from 'fast-check';
import { type DescribedOperation, operations, resolved, type Schema } from '../api-document.js';
import { nearValid } from './near-valid.js';
import { arbitraryOf } from './schema-arbitrary.js';

export interface FuzzedRequest {
  readonly operation: DescribedOperation;
  readonly address: string;
  /** JSON, unless it is a form or bytes. */
  readonly body: unknown;
  readonly mediaType: string;
}

/** Ids that exist, by the name of the parameter. */
export type KnownIds = Readonly<Record<string, string>>;

const CHANGING = ['POST', 'PUT', 'PATCH'];

/** Every operation that takes something in. */
export const changing: readonly DescribedOperation[] = operations.filter(({ method }) =>
  CHANGING.includes(method),
);

const FORM = 'multipart/form-data';
const BOUNDARY = 'boundary-of-a-form';

const junk = fc.oneof(
  fc.constantFrom('none', '0', '-1', '%00', '..%2f', '%F0%9F%92%A3', 'x'.repeat(300), 'a%20b'),
  fc
    .string({ minLength: 1, maxLength: 12 })
    // Clients take dots out: that would be another address.
    .filter((text) => !/^\.+$/.test(text))
    .map(encodeURIComponent),
);

const partsOf = (path: string) => path.split(/(?=\{)|(?<=\})/);

const existing = (path: string, part: string, ids: KnownIds) =>
  encodeURIComponent(ids[`${path} ${part}`] ?? ids[part] ?? 'none');

/** Where the operation is reached, of what there is. */
export function addressWith({ path }: DescribedOperation, ids: KnownIds): string {
  const parts = partsOf(path).map((part) =>
    part.startsWith('{') ? existing(path, part, ids) : part,
  );
  return parts.join('');
}

function addressOf({ path }: DescribedOperation, ids: KnownIds): fc.Arbitrary<string> {
  const parts = partsOf(path).map((part) => {
    if (!part.startsWith('{')) return fc.constant(part);
    const known = fc.constant(existing(path, part, ids));
    return fc.oneof({ weight: 4, arbitrary: known }, { weight: 1, arbitrary: junk });
  });
  return fc.tuple(...parts).map((found) => found.join(''));
}

type Shown = Readonly<Record<string, { readonly value: unknown }>>;

function jsonBodies(schema: Schema | undefined, examples: Shown = {}): fc.Arbitrary<unknown> {
  const shown = Object.values(examples).map(({ value }) => value);
  const fromSchema = schema === undefined ? fc.jsonValue({ maxDepth: 2 }) : arbitraryOf(schema);
  if (shown.length === 0) return fc.oneof(fromSchema, nearValid(fromSchema));
  const fromExample = fc.constantFrom(...shown);
  const merged = fc.tuple(fromExample, fromSchema).map(([example, more]) => {
    const entries = Object.entries(more ?? {}).slice(0, 2);
    return { ...(example as object), ...Object.fromEntries(entries) };
  });
  const valid = fc.oneof(fromSchema, fromExample, merged);
  return fc.oneof({ weight: 1, arbitrary: valid }, { weight: 3, arbitrary: nearValid(valid) });
}

const part = (name: string, value: string, file: string) =>
  `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"${file}\r\n\r\n${value}\r\n`;

/** As one text: well-formed mostly, and cut off sometimes. */
const forms: fc.Arbitrary<unknown> = fc
  .tuple(
    fc.array(
      fc.tuple(
        fc.constantFrom('prompt', 'n', 'size', 'image', 'image[]', 'file', 'mask', '__proto__'),
        fc.oneof(fc.constantFrom('1', '256x256', '\x89PNG\r\n\x1a\n'), fc.string()),
        fc.constantFrom('', '', '; filename="a.png"', '; filename="../a"'),
      ),
      { maxLength: 4 },
    ),
    fc.constantFrom(`--${BOUNDARY}--\r\n`, `--${BOUNDARY}--\r\n`, '', '--'),
  )
  .map(([parts, end]) => Buffer.from(parts.map((each) => part(...each)).join('') + end, 'latin1'));

/** A worker may ask to be kept waiting for work: a trial has no time for that. */
function hurried(body: unknown): unknown {
  const asked = (body as { readonly waitSeconds?: unknown } | null | undefined)?.waitSeconds;
  return typeof asked === 'number'
    ? { ...(body as object), waitSeconds: Math.min(asked, 0) }
    : body;
}

function requestsOf(operation: DescribedOperation, ids: KnownIds): fc.Arbitrary<FuzzedRequest> {
  const { content = {} } = resolved(operation.requestBody ?? {});
  const kinds = Object.entries(content).map(([mediaType, { schema, examples }]) => {
    if (mediaType === FORM) return fc.record({ body: forms, mediaType: formType });
    if (!mediaType.endsWith('json'))
      return fc.record({ body: bytes, mediaType: fc.constant(mediaType) });
    const body = jsonBodies(schema, examples).map(hurried);
    return fc.record({ body, mediaType: fc.constant(mediaType) });
  });
  const nothing = fc.record({
    body: fc.constantFrom(undefined, {}, { reason: 'x' }),
    mediaType: fc.constant('application/json'),
  });
  const request = kinds.length === 0 ? nothing : fc.oneof(...kinds);
  return fc
    .tuple(addressOf(operation, ids), request)
    .map(([address, sent]) => ({ operation, address, ...sent }));
}

const formType = fc.constant(`${FORM}; boundary=${BOUNDARY}`);
const bytes = fc.uint8Array({ maxLength: 64 }).map((sent) => Buffer.from(sent));

/** Requests to all operations that take something in, the same ones for the same seed. */
export function fuzzedRequests(ids: KnownIds, count: number, seed: number): FuzzedRequest[] {
  const perOperation = Math.ceil(count / changing.length);
  const each = changing.map((operation, index) =>
    fc.sample(requestsOf(operation, ids), { numRuns: perOperation, seed: seed + index }),
  );
  return Array.from({ length: perOperation }, (_, turn) =>
    each.map((requests) => requests[turn] as FuzzedRequest),
  ).flat();
}
