import type { Answer, ApiClient } from '../api-client.js';

export type Progress = 'working' | 'succeeded' | 'failed';

/** What the core refuses, whatever a dialect calls it. */
export type Refusal =
  | 'insufficientTokens'
  | 'otherBody'
  | 'moderated'
  | 'tooMany'
  | 'notFound'
  | 'noKey'
  | 'noScope';

export interface Request {
  readonly prompt: string;
  /** The Idempotency-Key. */
  readonly key?: string;
}

/** One dialect in the words that all of them share. */
export interface DialectDriver {
  readonly name: string;
  /** Tokens for what `submit` asks for. */
  readonly price: number;
  readonly refusals: Readonly<Record<Refusal, { readonly status: number; readonly code: string }>>;
  /** What has to be there before anything can be asked for; given to `submit` as it is. */
  prepare(client: ApiClient): Promise<string>;
  submit(client: ApiClient, request: Request, prepared: string): Promise<Answer>;
  /** The id by which the dialect knows what was accepted. */
  idOf(accepted: Answer): string;
  poll(client: ApiClient, id: string): Promise<Answer>;
  progressOf(polled: Answer): Progress;
  /** Where the pictures are. */
  urlsOf(polled: Answer): readonly string[];
  /** Of the same work in the native dialect, where it can be cancelled. */
  nativeId(id: string): string;
}

export const nothingToPrepare = async (): Promise<string> => '';

export const keyed = ({ key }: Request): Readonly<Record<string, string>> =>
  key === undefined ? {} : { 'idempotency-key': key };
