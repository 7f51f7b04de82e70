import fc from 'fast-check';

type Path = readonly (string | number)[];

const nested = (depth: number) => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown;

/** What programs stumble over; `JSON.parse` makes `__proto__` a field as a caller's JSON would. */
const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown[]>(
    ...[null, true, '', ' ', 0, -0, -1, 1.5, 1e308, 2 ** 31, 2 ** 53, -(2 ** 63), [], {}, [[]]],
    ...['\u0000', 'a\u0000b', '\ud800', '\udfff!', '\ufeff', '\u202e', '💣', 'x'.repeat(9_000)],
    ...['true', '1', 'null', 'NaN', '2026-13-45', '../../etc/passwd', "'; --", '{{7*7}}', '%00'],
    ...['__proto__', 'constructor', 'toString', nested(60), Array(200).fill('x')],
    JSON.parse('{"__proto__":{"x":1},"constructor":{"prototype":{}}}'),
  ),
  fc.jsonValue({ maxDepth: 2 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

function pathsOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  const inner = Object.entries(value).flatMap(([key, each]) =>
    pathsOf(each, [...at, Array.isArray(value) ? Number(key) : key]),
  );
  return [at, ...inner];
}

const HOW = ['replace', 'remove', 'wrap', 'add', 'replace'] as const;

interface Mutation {
  readonly where: number;
  readonly how: (typeof HOW)[number];
  readonly value: unknown;
  readonly name: string;
}

const setOwn = (parent: object, name: string | number, value: unknown) =>
  Object.defineProperty(parent, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });

// biome-ignore lint/suspicious/noExplicitAny: bodies of every shape are taken apart.
function mutated(body: any, { where, how, value, name }: Mutation): unknown {
  // As JSON: a structured clone would lose `__proto__`.
  const copy = JSON.parse(JSON.stringify(body ?? null));
  const paths = pathsOf(copy);
  const path = paths[where % paths.length] as Path;
  const [last] = path.slice(-1);
  if (last === undefined) return how === 'add' ? { ...copy, [name]: value } : copy;
  const parent = path.slice(0, -1).reduce((found, key) => found[key], copy);
  if (how === 'remove') delete parent[last];
  else if (how === 'wrap') parent[last] = [parent[last]];
  else setOwn(parent, how === 'add' ? name : last, value);
  return copy;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  where: fc.nat({ max: 1_000 }),
  how: fc.constantFrom(...HOW),
  value: hostile,
  name: fc.constantFrom('extra', 'admin', 'id', 'tenantId', '__proto__', 'Prompt', 'price'),
});

/** Bodies that differ from valid ones in a few places; now and then something else altogether. */
export const nearValid = (valid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof(
    {
      weight: 9,
      arbitrary: fc
        .tuple(valid, fc.array(mutation, { minLength: 1, maxLength: 3 }))
        .map(([body, mutations]) => mutations.reduce(mutated, body)),
    },
    { weight: 1, arbitrary: hostile },
  );
