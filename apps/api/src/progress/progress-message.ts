import type { JsonObject, RecordedEvent } from '@imprest/event-catalogue';

export interface ProgressMessage {
  readonly event: string;
  readonly data: object;
}

const messages: Readonly<Record<string, (data: JsonObject) => ProgressMessage>> = {
  GenerationRequested: () => ({ event: 'queued', data: {} }),
  JobLeased: ({ attempt }) => ({ event: 'started', data: { attempt } }),
  JobProgressed: ({ fraction }) => ({ event: 'progress', data: { progress: fraction } }),
  JobAttemptFailed: ({ attempt, retryAt }) => ({
    event: 'attempt_failed',
    data: { attempt, retryAt },
  }),
  ImageStored: ({ index, assetId, width, height, mediaType }) => ({
    event: 'image',
    data: { index, id: assetId, width, height, mediaType },
  }),
  ImageLost: ({ index }) => ({
    event: 'image',
    data: { index, error: { code: 'storage_failed' } },
  }),
};

/** What a stream of progress says of an event; undefined for one that is none of the caller's business. */
export function progressMessage({ type, data }: RecordedEvent): ProgressMessage | undefined {
  return messages[type]?.(data);
}
