// Writes apps/console/src/api/openapi.ts, the types of every route that a session can call, from docs/openapi.json.
// They are no part of the repository: `npm run typecheck -w apps/console` writes them anew and checks against them.
import { readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

/** Workers and payment providers speak for themselves. */
const isForConsole = (path) => /^\/(v1|api\/v1|admin\/v1|console\/api)\//.test(path);

const withoutExamples = (key, value) =>
  key === 'examples' && Array.isArray(value) ? undefined : value;
/** Where JSON is among several forms of an answer it is what the client reads; the others are files to download. */
function asJson(answer) {
  const json = answer.content?.['application/json'];
  return json === undefined ? answer : { ...answer, content: { 'application/json': json } };
}

const mapValues = (object, map) =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));

const operationsAsJson = (operation) =>
  operation?.responses === undefined
    ? operation
    : { ...operation, responses: mapValues(operation.responses, asJson) };

const source = new URL('../docs/openapi.json', import.meta.url);
const { openapi, info, paths, components } = JSON.parse(
  readFileSync(source, 'utf8'),
  withoutExamples,
);
const called = Object.entries(paths)
  .filter(([path]) => isForConsole(path))
  .map(([path, item]) => [path, mapValues(item, operationsAsJson)]);
// Not immutable: openapi-fetch makes objects without methods of read-only lists.
const types = await openapiTS(
  { openapi, info, paths: Object.fromEntries(called), components },
  { defaultNonNullable: false },
);
const file = new URL('../apps/console/src/api/openapi.ts', import.meta.url);
writeFileSync(file, astToString(types));
