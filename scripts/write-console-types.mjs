// Writes apps/console/src/api/openapi.ts, the types of every route that a session can call, from docs/openapi.json.
// They are no part of the repository: `npm run typecheck -w apps/console` writes them anew and checks against them.
import { readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

/** Workers and payment providers speak for themselves. */
const isForConsole = (path) => /^\/(v1|api\/v1|admin\/v1|console\/api)\//.test(path);

const withoutExamples = (key, value) =>
  key === 'examples' && Array.isArray(value) ? undefined : value;
const source = new URL('../docs/openapi.json', import.meta.url);
const { openapi, info, paths, components } = JSON.parse(
  readFileSync(source, 'utf8'),
  withoutExamples,
);
const called = Object.fromEntries(Object.entries(paths).filter(([path]) => isForConsole(path)));
const types = await openapiTS(
  { openapi, info, paths: called, components },
  { defaultNonNullable: false, immutable: true },
);
const file = new URL('../apps/console/src/api/openapi.ts', import.meta.url);
writeFileSync(file, astToString(types));
