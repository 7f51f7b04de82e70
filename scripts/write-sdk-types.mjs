// Writes libs/sdk/src/openapi.ts, what a tenant's program sends and gets in the native dialect, from
// docs/openapi.json: npm run sdk:write. With --check it says by its exit code whether that would change the file.
import { readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

/** Tags of the other dialects; what else a tenant's key opens is the native one's, and so are webhooks. */
const FOREIGN_TAGS = new Set(['OpenAI Images', 'Images and jobs', 'Characters']);
const HEADING =
  '// @generated from docs/openapi.json by `npm run sdk:write`; test/architecture/sdk-types.spec.ts holds it to that.\n\n';

const withoutExamples = (part) =>
  JSON.parse(JSON.stringify(part), (key, value) =>
    key === 'examples' && Array.isArray(value) ? undefined : value,
  );

/** `ListGenerationsQuery` and so on: the query of an operation as a schema of its own. */
function querySchemas(operations) {
  return Object.fromEntries(
    operations.flatMap(({ operationId, parameters = [] }) => {
      const query = parameters.filter((parameter) => parameter.in === 'query');
      const name = `${operationId[0].toUpperCase()}${operationId.slice(1)}Query`;
      const properties = Object.fromEntries(
        query.map(({ name, description, schema }) => [name, { description, ...schema }]),
      );
      const required = query.filter((each) => each.required).map((each) => each.name);
      return query.length > 0 ? [[name, { type: 'object', properties, required }]] : [];
    }),
  );
}

/** Names of all schemas that a part of the document leads to. */
function schemasOf(document, part, found = new Set()) {
  for (const [, name] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
    if (found.has(name)) continue;
    found.add(name);
    schemasOf(document, document.components.schemas[name], found);
  }
  return found;
}

function isNative({ tags, security }) {
  const forTenants = tags.includes('Webhooks') || security?.some((key) => 'tenantKey' in key);
  return forTenants && !tags.some((tag) => FOREIGN_TAGS.has(tag));
}

/** Text of the file for this document. */
async function sdkTypes(document) {
  const operations = Object.values({ ...document.paths, ...document.webhooks })
    .flatMap((methods) => Object.values(methods))
    .filter(isNative);
  const error = { $ref: '#/components/schemas/Error' };
  const bodies = operations.map(({ requestBody, responses }) => [requestBody, responses]);
  const names = [...schemasOf(document, [bodies, error])].sort();
  const schemas = Object.fromEntries(
    names.map((name) => [name, withoutExamples(document.components.schemas[name])]),
  );
  const { openapi, info } = document;
  const types = await openapiTS(
    {
      openapi,
      info,
      paths: {},
      components: { schemas: { ...schemas, ...withoutExamples(querySchemas(operations)) } },
    },
    { defaultNonNullable: false, immutable: true, rootTypes: true, rootTypesNoSchemaPrefix: true },
  );
  return HEADING + astToString(types);
}

const text = (file) => readFileSync(file, 'utf8');
const file = new URL('../libs/sdk/src/openapi.ts', import.meta.url);
const types = await sdkTypes(JSON.parse(text(new URL('../docs/openapi.json', import.meta.url))));
if (process.argv.includes('--check')) process.exitCode = text(file) === types ? 0 : 1;
else writeFileSync(file, types);
