import type { paths } from '../api/openapi.ts';

type Gets = {
  [Path in keyof paths]: paths[Path] extends { get: unknown } ? Path : never;
}[keyof paths];

/** Body of the answer of a GET. */
export type AnswerOf<Path extends Gets> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } };
}
  ? Body
  : never;
