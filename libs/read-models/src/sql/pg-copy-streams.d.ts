declare module 'pg-copy-streams' {
  import type { Writable } from 'node:stream';
  import type { Submittable } from 'pg';

  /** What is written to it is the input of a `COPY … FROM STDIN`; it finishes when the server has it all. */
  export function from(sql: string): Writable & Submittable;
}
