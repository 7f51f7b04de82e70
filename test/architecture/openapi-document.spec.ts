import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { controllersOf, openApiDocument } from '@imprest/api';
import { OperationsModule } from '@imprest/platform';
import { productModules } from '@imprest/standalone';
import { expect, it } from 'vitest';

const committed = new URL('../../docs/openapi.json', import.meta.url);

it('docs/openapi.json is what the routes of the product give (npm run openapi:write)', () => {
  const document = openApiDocument(controllersOf([...productModules, OperationsModule]));

  expect(JSON.parse(readFileSync(committed, 'utf8'))).toEqual(document);
});
