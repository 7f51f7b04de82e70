declare module 'pg-copy-streams' {
  import type { Readable } from 'node:stream';
  import type { Submittable } from 'pg';

  /** What a `COPY … TO STDOUT` gives. */
  export function to(sql: string): Readable & Submittable;
}
