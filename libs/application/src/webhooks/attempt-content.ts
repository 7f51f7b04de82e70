import { sealText, unsealText } from '../confidential/index.js';
import type { DataKey, DataKeys } from '../ports/data-keys.js';

/** What one attempt sent and was answered. */
export interface AttemptContent {
  readonly request: {
    /** Without query: it may hold a token. */
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: AttemptBody;
  };
  /** Null when there was no answer. */
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: AttemptBody;
  } | null;
  /** In milliseconds. */
  readonly timing: {
    /** Name look-up, connection and TLS; null for a connection that was there already. */
    readonly connect: number | null;
    /** Until the head of the answer; null without one. */
    readonly firstByte: number | null;
    readonly total: number;
  };
}

export interface AttemptBody {
  /** Its beginning. */
  readonly text: string;
  readonly isCut: boolean;
}

interface AttemptId {
  readonly messageId: string;
  /** From 1 over the life of the message. */
  readonly attempt: number;
}

/** The content of an attempt under the key of whom it is about: erased with the rest of what is theirs. */
export interface SealedAttempt extends AttemptId {
  readonly dataKeyId: string;
  readonly sealed: string;
  readonly at: Date;
}

const placeOf = ({ messageId, attempt }: AttemptId) => `${messageId} ${attempt}`;

export function sealAttempt(id: AttemptId, content: AttemptContent, key: DataKey): string {
  return sealText(key, JSON.stringify(content), placeOf(id));
}

/** By number; what was erased is missing. */
export async function openAttempts(
  dataKeys: DataKeys,
  attempts: readonly SealedAttempt[],
): Promise<ReadonlyMap<number, AttemptContent>> {
  const keys = await dataKeys.open([...new Set(attempts.map(({ dataKeyId }) => dataKeyId))]);
  const opened = new Map<number, AttemptContent>();
  for (const sealed of attempts) {
    const key = keys.get(sealed.dataKeyId);
    if (key === undefined) continue;
    opened.set(sealed.attempt, JSON.parse(unsealText(key, sealed.sealed, placeOf(sealed))));
  }
  return opened;
}
