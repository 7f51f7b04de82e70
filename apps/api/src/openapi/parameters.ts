import type { RequestHeader, SchemaObject } from '@imprest/platform';
import type { Route } from './routes.js';

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly description?: unknown;
  readonly required?: true;
  readonly schema: SchemaObject;
}

const id = { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9_]{0,63}$' };

const pathParameters: Readonly<Record<string, SchemaObject>> = {
  id: { ...id, description: 'Id of the resource.' },
  tenantId: { ...id, description: 'Id of the tenant.' },
  jobId: { ...id, description: 'Id of the job: that of its generation.' },
  job_id: { type: 'string', format: 'uuid', description: 'Id of the job.' },
  character_id: { ...id, description: 'Id of the character.' },
  webhook_id: { ...id, description: 'Id of the webhook.' },
  index: { type: 'integer', minimum: 0, maximum: 63, description: 'Index of the image, from 0.' },
  image: { ...id, description: 'Asset id of the image.' },
  projection: { type: 'string', pattern: '^[a-z][a-z-]{0,39}$', description: 'Its name.' },
  stream: { type: 'string', maxLength: 240, description: 'Name of the stream.' },
  eventId: { type: 'string', maxLength: 256, description: 'Id or place of the event.' },
  traceId: { type: 'string', maxLength: 64, description: 'Id of a request or a generation.' },
  verificationId: { ...id, description: 'Id of the run.' },
  keyId: { ...id, description: 'Id of the key.' },
  userId: { ...id, description: 'Id of the user.' },
  invitationId: { ...id, description: 'Id of the invitation.' },
  parkedId: { ...id, description: 'Id of the parked stream.' },
  workerId: { type: 'string', maxLength: 100, description: 'Name of the worker.' },
  model: { type: 'string', maxLength: 64, description: 'Alias of the model.' },
  provider: { type: 'string', description: 'Name of the payment provider.' },
  email: { type: 'string', format: 'email', description: 'E-mail of the end user.' },
};

function parameter(name: string, where: Parameter['in'], schema: SchemaObject): Parameter {
  const { description, ...rest } = schema;
  const required = where === 'path' ? { required: true as const } : {};
  return { name, in: where, description, ...required, schema: rest };
}

/** A query says null by leaving a parameter out. */
function withoutNull({ type, enum: values, ...rest }: SchemaObject): SchemaObject {
  const types = Array.isArray(type) ? type.filter((name) => name !== 'null') : [type];
  return {
    ...(types[0] !== undefined && { type: types.length === 1 ? types[0] : types }),
    ...(Array.isArray(values) && { enum: values.filter((value) => value !== null) }),
    ...rest,
  };
}

function queryParameters(
  where: string,
  query: SchemaObject | undefined,
  described: Readonly<Record<string, SchemaObject>>,
): readonly Parameter[] {
  const checked = (query?.properties ?? {}) as Readonly<Record<string, SchemaObject>>;
  const unknown = Object.keys(checked).find((name) => !(name in described));
  if (unknown !== undefined) throw new Error(`${where}: the parameter ${unknown} is not described`);
  return Object.entries(described).map(([name, about]) => {
    const own = 'type' in about ? about : { ...withoutNull(checked[name] ?? {}), ...about };
    if (!('type' in own || 'enum' in own)) throw new Error(`${where} has no parameter ${name}`);
    return parameter(name, 'query', own);
  });
}

/** Parameters of path, query and headers of one route. */
export function parametersOf(
  route: Route,
  query: Readonly<Record<string, SchemaObject>> = {},
  headers: readonly RequestHeader[] = [],
): readonly object[] {
  const where = `${route.method} ${route.path}`;
  const inPath = route.parameters.map((name) => {
    const schema = pathParameters[name];
    if (schema === undefined) throw new Error(`${where}: the parameter ${name} is not described`);
    return parameter(name, 'path', schema);
  });
  return [
    ...inPath,
    ...queryParameters(where, route.query, query),
    ...headers.map((name) => ({ $ref: `#/components/parameters/${name}` })),
  ];
}
