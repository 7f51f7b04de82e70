import {
  ANY,
  type AppendExpectedRevision,
  EventStoreDBClient,
  type JSONType,
  jsonEvent,
  NO_STREAM,
} from '@eventstore/db-client';
import type { StreamAppend } from '@imprest/application';

const LONGEST_MS = 30_000;

/** What the client's own command does for as much: each append awaited before the next one of its request. */
export class BareClient {
  private readonly client: EventStoreDBClient;

  constructor(connectionString: string) {
    this.client = EventStoreDBClient.connectionString(connectionString);
  }

  /** A first append opens the one call that all share. */
  async warmUp(): Promise<void> {
    const event = jsonEvent({ type: 'WarmedUp', data: {} });
    await this.client.appendToStream('warmUp-1', event, { expectedRevision: ANY });
  }

  async append(appends: readonly StreamAppend[]): Promise<void> {
    for (const { stream, expectedRevision, events } of appends) {
      const revision: AppendExpectedRevision =
        expectedRevision < 0 ? NO_STREAM : BigInt(expectedRevision);
      const stored = events.map(({ eventId, type, version, data, metadata }) =>
        jsonEvent({
          id: eventId,
          type,
          data: data as JSONType,
          metadata: { ...metadata, version } as unknown as JSONType,
        }),
      );
      await this.client.appendToStream(stream, stored, {
        expectedRevision: revision,
        deadline: LONGEST_MS,
      });
    }
  }

  close(): Promise<void> {
    return this.client.dispose();
  }
}
