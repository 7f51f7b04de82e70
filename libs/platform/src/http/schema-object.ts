/** A JSON Schema (draft 2020-12), as OpenAPI 3.1 takes it. */
export type SchemaObject = { readonly [keyword: string]: unknown };
