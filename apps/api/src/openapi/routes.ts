import {
  type Access,
  type Description,
  type Dialect,
  descriptionsOf,
  type RegisteredRoute,
  registeredRoutesOf,
  type SchemaObject,
} from '@imprest/platform';
import { RequestMethod, type Type } from '@nestjs/common';
import {
  HTTP_CODE_METADATA,
  METHOD_METADATA,
  PATH_METADATA,
  ROUTE_ARGS_METADATA,
} from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import {
  FASTIFY_ROUTE_CONFIG_METADATA,
  FASTIFY_ROUTE_SCHEMA_METADATA,
} from '@nestjs/platform-fastify/constants.js';
import { schemaFromClass } from '../http/schema-from-class.js';

/** What a controller says of one of its routes, read from the decorators that make the route. */
export interface Route {
  readonly method: RegisteredRoute['method'];
  /** With parameters in braces. */
  readonly path: string;
  readonly access: Access;
  /** Whose words its errors have; the native ones when absent. */
  readonly dialect?: Dialect;
  /** Of the path, in their order. */
  readonly parameters: readonly string[];
  readonly query: SchemaObject | undefined;
  readonly body: SchemaObject | undefined;
  /** Undefined where the method writes the answer itself. */
  readonly status: number | undefined;
  readonly description: Description | undefined;
}

type Handler = (...args: never[]) => unknown;

interface Schemas {
  readonly body?: SchemaObject;
  readonly querystring?: SchemaObject;
}

function pathOf(type: Type, handler: Handler): string {
  const parts = [type, handler].map((part) => String(Reflect.getMetadata(PATH_METADATA, part)));
  const joined = parts.flatMap((part) => part.split('/')).filter((part) => part !== '');
  return `/${joined.join('/')}`.replace(/\/:(\w+)/g, '/{$1}').replaceAll('::', ':');
}

function parametersOf(path: string): readonly string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
}

/** Classes of the arguments that Nest hands in, by what they are made from. */
function argumentClasses(type: Type, method: string): Map<RouteParamtypes, Type> {
  const given: object = Reflect.getMetadata(ROUTE_ARGS_METADATA, type, method) ?? {};
  const classes: readonly Type[] =
    Reflect.getMetadata('design:paramtypes', type.prototype, method) ?? [];
  return new Map(
    Object.keys(given).map((key) => {
      const [kind, index] = key.split(':').map(Number);
      return [kind as RouteParamtypes, classes[index as number] as Type];
    }),
  );
}

function routeOf(type: Type, method: string, handler: Handler): Route {
  const schemas: Schemas = Reflect.getMetadata(FASTIFY_ROUTE_SCHEMA_METADATA, handler) ?? {};
  const { access, dialect } = Reflect.getMetadata(FASTIFY_ROUTE_CONFIG_METADATA, handler) ?? {};
  const verb: RequestMethod = Reflect.getMetadata(METHOD_METADATA, handler);
  const path = pathOf(type, handler);
  if (access === undefined) throw new Error(`${path} does not state who may call it`);
  const classes = argumentClasses(type, method);
  const bodyClass = classes.get(RouteParamtypes.BODY);
  const usual = verb === RequestMethod.POST ? 201 : 200;
  const status: number = Reflect.getMetadata(HTTP_CODE_METADATA, handler) ?? usual;
  return {
    method: RequestMethod[verb].toLowerCase() as Route['method'],
    path,
    access,
    dialect,
    parameters: parametersOf(path),
    query: schemas.querystring,
    body: schemas.body ?? (bodyClass && schemaFromClass(bodyClass)),
    status: classes.has(RouteParamtypes.RESPONSE) ? undefined : status,
    description: descriptionsOf(type)[method],
  };
}

function registeredRoute({ operation, ...route }: RegisteredRoute): Route {
  const parameters = parametersOf(route.path);
  return {
    ...route,
    parameters,
    query: undefined,
    body: undefined,
    status: undefined,
    description: operation,
  };
}

/** Every route of the given controllers, and those registered beside them. */
export function routesOf(controllers: readonly Type[]): readonly Route[] {
  return controllers.flatMap((type) => {
    const { prototype } = type;
    const own = Object.getOwnPropertyNames(prototype).flatMap((method) => {
      const handler = Object.getOwnPropertyDescriptor(prototype, method)?.value as unknown;
      const isRoute =
        typeof handler === 'function' && Reflect.hasMetadata(METHOD_METADATA, handler);
      return isRoute ? [routeOf(type, method, handler as Handler)] : [];
    });
    return [...own, ...registeredRoutesOf(type).map(registeredRoute)];
  });
}

/** The controllers that modules declare; a running process knows its own. */
export function controllersOf(modules: readonly Type[]): readonly Type[] {
  return modules.flatMap((module) => Reflect.getMetadata('controllers', module) ?? []);
}
