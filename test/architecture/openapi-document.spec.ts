import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { controllersOf, openApiDocument } from '@imprest/api';
import { OperationsModule } from '@imprest/platform';
import { productModules } from '@imprest/standalone';
import {
  BaseResolver,
  createConfig,
  lintDocument,
  makeDocumentFromString,
} from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import { type DescribedContent, operations, resolved } from '../support/api-document.js';

const committed = new URL('../../docs/openapi.json', import.meta.url);

/** Documents of their own kind, and what payment providers send in their own forms. */
const SHOWN_ELSEWHERE = [
  'receivePaymentNotification',
  'getOpenApi',
  'getAsyncApi',
  'getChargeProofSchema',
  'getLedgerBundleLineSchema',
];

describe('docs/openapi.json', () => {
  it('is what the routes of the product give (npm run openapi:write)', () => {
    const document = openApiDocument(controllersOf([...productModules, OperationsModule]));

    expect(JSON.parse(readFileSync(committed, 'utf8'))).toEqual(document);
  });

  it('keeps the rules of a linter that others keep', async () => {
    const config = await createConfig({
      extends: ['recommended-strict'],
      rules: {
        // What takes neither key nor parameters refuses nothing.
        'operation-4xx-response': 'off',
        // The seal is what an auditor verifies, and a renderer's time-out is told in records only.
        'no-unused-components': 'off',
      },
    });
    const document = makeDocumentFromString(readFileSync(committed, 'utf8'), 'openapi.json');
    const problems = await lintDocument({
      document,
      config,
      externalRefResolver: new BaseResolver(),
    });

    expect(
      problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer]),
    ).toEqual([]);
  }, 30_000);

  const shown = ({ example, examples = {} }: (typeof contents)[number]['content']) =>
    [...Object.values(examples), ...(example === undefined ? [] : [example])].length;
  const contents = operations.flatMap(({ operationId, requestBody, responses }) =>
    Object.entries({ request: requestBody ?? {}, ...responses }).flatMap(([where, holder]) =>
      Object.entries(resolved(holder).content ?? {}).map(([mediaType, content]) => ({
        ...{ operationId, where, mediaType, content },
      })),
    ),
  );

  it('shows an example of every JSON body that is sent or answered', () => {
    const without = contents.filter(
      ({ operationId, mediaType, content }) =>
        mediaType.endsWith('json') &&
        shown(content) === 0 &&
        !SHOWN_ELSEWHERE.includes(operationId),
    );

    expect(without.map(({ operationId, where }) => `${operationId} ${where}`)).toEqual([]);
  });

  const tellsOfError = (response: DescribedContent) =>
    /Error"/.test(JSON.stringify(resolved(response).content ?? {}));

  it('names the error codes of every status that refuses', () => {
    const mute = operations.flatMap(({ operationId, responses }) =>
      Object.entries(responses)
        .filter(([status, response]) => Number(status) >= 400 && tellsOfError(response))
        .filter(([, response]) => !/`[a-z_]+`/.test(resolved(response).description))
        .map(([status]) => `${operationId} ${status}`),
    );

    expect(mute).toEqual([]);
  });
});
