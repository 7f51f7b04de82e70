import { catalogue, type RecordedEvent, toEnvelope } from '@imprest/event-catalogue';
import { exampleEventData } from '@imprest/testkit';
import { describe, expect, it } from 'vitest';
import { progressMessage } from './progress-message.js';

type EventType = keyof typeof exampleEventData;

const metadata = {
  correlationId: 'c',
  causationId: 'c',
  actor: { kind: 'system', id: 'test' },
  occurredAt: '2026-01-15T09:00:00.000Z',
} as const;

function recorded(type: EventType, more: object = {}): RecordedEvent {
  const data = { ...exampleEventData[type], ...more };
  const envelope = toEnvelope({ type, data } as never, 'event-1', metadata);
  const { category } = catalogue[type];
  return {
    ...envelope,
    stream: `${category}-1`,
    revision: 0,
    position: 1n,
    recordedAt: metadata.occurredAt,
  } as unknown as RecordedEvent;
}

describe('what a stream of progress says', () => {
  it('of each event that concerns the caller', () => {
    expect(progressMessage(recorded('GenerationRequested'))).toEqual({ event: 'queued', data: {} });
    expect(progressMessage(recorded('JobLeased', { attempt: 2 }))).toEqual({
      event: 'started',
      data: { attempt: 2 },
    });
    expect(progressMessage(recorded('JobProgressed', { fraction: 0.25 }))).toEqual({
      event: 'progress',
      data: { progress: 0.25 },
    });
    const retryAt = '2026-01-15T09:00:05.000Z';
    expect(progressMessage(recorded('JobAttemptFailed', { attempt: 1, retryAt }))).toEqual({
      event: 'attempt_failed',
      data: { attempt: 1, retryAt },
    });
    expect(progressMessage(recorded('ImageLost', { index: 3 }))).toEqual({
      event: 'image',
      data: { index: 3, error: { code: 'storage_failed' } },
    });
  });

  it('of an image names its file, never its keys', () => {
    const { assetId, index, width, height, mediaType } = exampleEventData.ImageStored;

    expect(progressMessage(recorded('ImageStored'))).toEqual({
      event: 'image',
      data: { index, id: assetId, width, height, mediaType },
    });
  });

  it('never tells prompts, workers, keys or causes', () => {
    const secrets = /confidential|dataKeyId|workerId|message|fingerprint|apiKeyId|sha256/;
    for (const type of Object.keys(exampleEventData) as EventType[]) {
      expect(JSON.stringify(progressMessage(recorded(type)) ?? {})).not.toMatch(secrets);
    }
  });

  it('is nothing of events that are none of the caller’s business', () => {
    for (const type of ['JobQueued', 'GenerationErased', 'TokensHeld'] as const) {
      expect(progressMessage(recorded(type))).toBeUndefined();
    }
  });
});
