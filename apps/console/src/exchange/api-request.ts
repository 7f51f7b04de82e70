export type Json =
  | string
  | number
  | boolean
  | readonly string[]
  | { readonly [name: string]: Json };

/** Where a program puts its key. */
export type KeyHeader = 'authorization' | 'x-api-key';

/** A call as it goes out, but for what says who calls. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST';
  /** From the root of the API, such as `/v1/generations`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { readonly [name: string]: Json } | null;
}
