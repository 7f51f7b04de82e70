import type { SchemaObject } from '@imprest/platform';
import type { Type } from '@nestjs/common';
import { describedRoutes } from './document.js';
import { error } from './schemas/error.js';

/** Schemas of the JSON answers of one operation, by status; undefined for an answer without a body. */
export type AnswerSchemas = Readonly<Record<number, SchemaObject | undefined>>;

/** What each operation promises to answer, for tests that hold real answers against it. */
export function responseSchemas(
  controllers: readonly Type[],
): Readonly<Record<string, AnswerSchemas>> {
  return Object.fromEntries(
    describedRoutes(controllers).map(({ operation: { id, answers } }) => [
      id,
      Object.fromEntries(Object.entries(answers).map(([status, { schema }]) => [status, schema])),
    ]),
  );
}

/** Of every error of the native dialect, whatever the operation. */
export const errorSchema: SchemaObject = error;

/** What the errors of each operation look like, in its dialect. */
export function errorSchemas(controllers: readonly Type[]): Readonly<Record<string, SchemaObject>> {
  return Object.fromEntries(
    describedRoutes(controllers).map(({ route, operation: { id } }) => [
      id,
      route.dialect?.errorSchema ?? error,
    ]),
  );
}
