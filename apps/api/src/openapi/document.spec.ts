import 'reflect-metadata';
import {
  Describes,
  type Operation,
  OperatorOnly,
  Public,
  type SchemaObject,
} from '@imprest/platform';
import { Body, Controller, Get, HttpCode, Post, type Type } from '@nestjs/common';
import { validate } from '@scalar/openapi-parser';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { IsOptional, IsString } from 'class-validator';
import { describe, expect, it } from 'vitest';
import { ApiModule } from '../api.module.js';
import { openApiDocument } from './document.js';
import { controllersOf } from './routes.js';

// biome-ignore lint/suspicious/noExplicitAny: a document is looked into as JSON.
type Json = any;

const controllers = controllersOf([ApiModule]);
const document: Json = openApiDocument(controllers);
const operations: [string, Json][] = Object.entries<Json>(document.paths).flatMap(([path, item]) =>
  Object.entries<Json>(item).map(([method, operation]): [string, Json] => [
    `${method} ${path}`,
    operation,
  ]),
);

function resolve(value: Json): Json {
  const path: string | undefined = value?.$ref;
  if (path === undefined) return value;
  return path
    .slice(2)
    .split('/')
    .reduce((found: Json, part) => found[part], document);
}

const ajv = new Ajv2020({ strict: true, strictTypes: false, allowUnionTypes: true });
formats.default(ajv);
ajv.addFormat('binary', true);

const inDefinitions = (schema: Json) =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/components/schemas/', '"named#/$defs/'));
ajv.addSchema({ $id: 'named', $defs: inDefinitions(document.components.schemas) });

describe('the document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const { errors, version } = await validate(JSON.parse(JSON.stringify(document)));

    expect(errors ?? []).toEqual([]);
    expect(version).toBe('3.1');
  });

  it('does not depend on the order of the controllers', () => {
    expect(JSON.stringify(openApiDocument([...controllers].reverse()))).toBe(
      JSON.stringify(document),
    );
  });

  it.each(operations)('%s names its key, its request id and its errors', (path, operation) => {
    const expected = path.includes(' /admin/')
      ? [{ operatorKey: [] }]
      : / (\/api)?\/v1\//.test(path)
        ? [{ tenantKey: [] }, { tenantKeyHeader: [] }]
        : [];
    expect(operation.security).toEqual(expected);
    for (const response of Object.values<Json>(operation.responses)) {
      expect(resolve(response).headers).toHaveProperty('X-Request-Id');
    }
    expect(operation.responses).toHaveProperty('500');
    // Payment providers have no key: they sign what they send.
    const isChecked = expected.length > 0 || path.includes(' /payments/');
    expect('401' in operation.responses).toBe(isChecked);
  });

  it.each(operations)('%s gives examples that its own schemas accept', (_, operation) => {
    const bodies = [operation.requestBody, ...Object.values<Json>(operation.responses)]
      .map(resolve)
      .flatMap((holder) => Object.values<Json>(holder?.content ?? {}));
    for (const { schema, example, examples = {} } of bodies) {
      if (schema === undefined) continue;
      const accepts = ajv.compile(inDefinitions(schema));
      const shown = Object.values<Json>(examples).map(({ value }) => value);
      for (const value of example === undefined ? shown : [example, ...shown]) {
        expect(accepts(value) ? [] : accepts.errors).toEqual([]);
      }
    }
  });

  it('says what every field of a request and of an answer means', () => {
    const mute: string[] = [];
    const visit = (schema: Json, where: string) => {
      for (const [name, property] of Object.entries<Json>(schema?.properties ?? {})) {
        if (property.$ref !== undefined) continue;
        const described = property.description ?? property.items?.description;
        if (described === undefined) mute.push(`${where}.${name}`);
        visit(property, `${where}.${name}`);
      }
      if (schema?.items) visit(schema.items, `${where}[]`);
      for (const option of schema?.anyOf ?? []) visit(option, where);
    };
    for (const [name, schema] of Object.entries(document.components.schemas)) visit(schema, name);

    expect(mute).toEqual([]);
  });

  it('has a webhook with both signatures and the record of GET', () => {
    const { post } = document.webhooks.generationEnded;
    const names = post.parameters.map(({ name }: Json) => name);

    expect(names).toContain('X-XMode-Signature');
    expect(names).toContain('webhook-signature');
    expect(post.requestBody.content['application/json'].schema).toEqual({
      $ref: '#/components/schemas/Generation',
    });
  });
});

describe('a route that contradicts its description', () => {
  const answers = { 200: { description: 'Fine.' } };
  const operation: Operation = { id: 'x', tag: 'Service', summary: 'X', answers };
  class Note {
    @IsOptional()
    @IsString()
    text?: string;
  }
  const body = { name: 'Note', fields: { text: { description: 'A text.' } }, examples: {} };

  const controller = (description: Operation, handler: (target: object, name: string) => void) => {
    @Controller('x')
    @Describes({ run: description })
    class Example {
      run(_body?: unknown): void {}
    }
    handler(Example.prototype, 'run');
    return Example;
  };
  const decorated =
    (...decorators: readonly (MethodDecorator | undefined)[]) =>
    (target: object, name: string) => {
      const descriptor = Object.getOwnPropertyDescriptor(target, name) as PropertyDescriptor;
      for (const decorate of decorators) decorate?.(target, name, descriptor);
    };
  const takesNote: MethodDecorator = (target, name) => {
    Reflect.defineMetadata('design:paramtypes', [Note], target, name as string);
    Body()(target, name as string, 0);
  };

  const refuse = (message: string, ...types: readonly Type[]) =>
    expect(() => openApiDocument(types)).toThrow(message);

  it('is refused when nobody described it', () => {
    @Controller('x')
    class Mute {
      @Get()
      @Public()
      run(): void {}
    }
    refuse('get /x is not described', Mute);
  });

  it('is refused when it does not say who may call it', () => {
    refuse('/x does not state who may call it', controller(operation, decorated(Get())));
  });

  it('is refused when it answers another status', () => {
    const type = controller(operation, decorated(Post(), Public()));
    refuse('post /x answers 201, which is not described', type);
  });

  it('is refused when it takes a body that is not described, or the other way round', () => {
    const silent = controller(operation, decorated(Post(), HttpCode(200), Public(), takesNote));
    const bodiless = controller({ ...operation, body }, decorated(Get(), Public()));
    refuse('post /x: a body is either taken and described, or neither', silent);
    refuse('get /x: a body is either taken and described, or neither', bodiless);
  });

  it('is refused when a field of its body is not described, or is not there', () => {
    const decorators = decorated(Post(), HttpCode(200), Public(), takesNote);
    const mute = { ...operation, body: { ...body, fields: {} } };
    const extra: Readonly<Record<string, SchemaObject>> = { ...body.fields, size: {} };
    refuse('Note.text is not described', controller(mute, decorators));
    refuse(
      'Note has no field size',
      controller({ ...operation, body: { ...body, fields: extra } }, decorators),
    );
  });

  it('is refused when its name or tag is not its own', () => {
    const one = controller(operation, decorated(Get(), OperatorOnly()));
    refuse('two operations are called x', one, controller(operation, decorated(Get(), Public())));
    refuse(
      'x: unknown tag Magic',
      controller({ ...operation, tag: 'Magic' }, decorated(Get(), Public())),
    );
  });
});
