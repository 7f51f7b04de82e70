import type { Answer, Operation, RequestBody, SchemaObject } from '@imprest/platform';
import type { SchemaComponents } from './components.js';
import { errorAnswers } from './errors.js';
import { answerHeaderRefs, rateLimitHeaders } from './headers.js';
import { parametersOf } from './parameters.js';
import type { Route } from './routes.js';
import { accessNote, securityOf } from './security.js';

/** The same fields, and files beside them. */
function formContent(json: object, files: Readonly<Record<string, SchemaObject>>) {
  const schema = { allOf: [json, { type: 'object', properties: files }] };
  return { 'multipart/form-data': { schema } };
}

function requestBody(
  schema: SchemaObject,
  { body, files }: { readonly body: RequestBody; readonly files?: Operation['files'] },
  components: SchemaComponents,
) {
  const json = components.request(schema, body);
  return {
    required: Array.isArray(schema.required) && schema.required.length > 0,
    content: {
      'application/json': {
        schema: json,
        examples: body.examples,
      },
      ...(files && formContent(json, files)),
    },
  };
}

function uploadBody(mediaTypes: readonly string[]) {
  return {
    required: true,
    content: Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, {}] as const)),
  };
}

function answerObject({ access }: Route, answer: Answer): object {
  const { description, schema, mediaType = 'application/json', headers = [], example } = answer;
  const limits = access.kind === 'tenant' ? rateLimitHeaders : [];
  const others = (answer.orMediaTypes ?? []).map((other) => [
    other,
    { schema: { type: 'string' } },
  ]);
  const content = {
    [mediaType]: { schema, ...(example !== undefined && { example }) },
    ...Object.fromEntries(others),
  };
  return {
    description,
    headers: answerHeaderRefs(['X-Request-Id', ...limits, ...headers]),
    ...(schema !== undefined && { content }),
  };
}

function assertAgreement(route: Route, { answers, body }: Operation): void {
  const where = `${route.method} ${route.path}`;
  if (route.status !== undefined && !(route.status in answers)) {
    throw new Error(`${where} answers ${route.status}, which is not described`);
  }
  if ((route.body === undefined) !== (body === undefined)) {
    throw new Error(`${where}: a body is either taken and described, or neither`);
  }
}

/** A route with its description as OpenAPI has it. @throws Error when the two contradict each other */
export function operationObject(
  route: Route,
  operation: Operation,
  components: SchemaComponents,
): object {
  assertAgreement(route, operation);
  const { id, tag, summary, description, headers, query, body, files, upload, answers } = operation;
  const about = [description, accessNote(route.access)].filter((part) => part !== undefined);
  const parameters = parametersOf(route, query, headers);
  // A body that nobody asked for is read and checked as well.
  const takes = {
    body: ['post', 'put', 'patch'].includes(route.method) || operation.body !== undefined,
    query: query !== undefined,
  };
  const responses = {
    ...errorAnswers(route, takes, operation.errors ?? []),
    ...Object.fromEntries(
      Object.entries(answers).map(([status, answer]) => [status, answerObject(route, answer)]),
    ),
  };
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(about.length > 0 && { description: about.join('\n\n') }),
    security: securityOf(route.access),
    ...(parameters.length > 0 && { parameters }),
    ...(body &&
      route.body && { requestBody: requestBody(route.body, { body, files }, components) }),
    ...(upload && { requestBody: uploadBody(upload) }),
    responses: components.reference(responses),
  };
}
