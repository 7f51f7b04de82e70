import { EventStoreDBClient, UnavailableError } from '@eventstore/db-client';
import {
  type IStreamsClient,
  StreamsClient,
  StreamsService,
} from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type {
  CallOptions,
  ClientDuplexStream,
  ClientReadableStream,
  Metadata,
} from '@grpc/grpc-js';
import { type BatchAppendAnswer, decodeAnswer } from '../append/batch-append-answer.js';

type StreamsCaller = StreamsClient & IStreamsClient;
type AnyCall = ClientReadableStream<ReadResp> | BatchAppendCall;

/** Requests go out as they are: they were encoded when the append was made. */
export type BatchAppendCall = ClientDuplexStream<Buffer, BatchAppendAnswer>;
export type ReadCall = ClientReadableStream<ReadResp>;

/**
 * What the client keeps for its own commands: the channel it has found, secured and authenticated, and
 * replaces when it breaks. Its public commands are not used; docs/adr says why.
 */
interface ClientInternals {
  GRPCStreamCreator<Call extends AnyCall>(
    client: typeof StreamsClient,
    name: string,
    open: (client: StreamsCaller) => Call,
  ): () => Promise<Call>;
  callArguments(
    options: { readonly requiresLeader: boolean },
    callOptions: CallOptions,
  ): [Metadata, CallOptions];
  execute(client: typeof StreamsClient, name: string, action: () => Promise<never>): Promise<never>;
  dispose(): Promise<void>;
}

/** Only the leader knows what was just written; limits in time are the callers' own. */
const OPTIONS = { requiresLeader: true } as const;
const NO_DEADLINE = { deadline: Number.POSITIVE_INFINITY } as const;
const asItIs = (request: Buffer) => request;

/** Opens calls on one channel; the client makes a new one after a call has failed for want of a server. */
export class Connection {
  private readonly client: ClientInternals;
  private channel: { close(): void } | undefined;

  /** @param connectionString `esdb://` or `esdb+discover://`, with TLS and credentials as it says */
  constructor(connectionString: string) {
    this.client = EventStoreDBClient.connectionString(
      connectionString,
    ) as unknown as ClientInternals;
  }

  openRead(request: ReadReq): Promise<ReadCall> {
    const open = (client: StreamsCaller): ReadCall => {
      this.channel = client.getChannel();
      return client.read(request, ...this.client.callArguments(OPTIONS, NO_DEADLINE));
    };
    return this.client.GRPCStreamCreator(StreamsClient, 'read', open)();
  }

  openBatchAppend(): Promise<BatchAppendCall> {
    const open = (client: StreamsCaller): BatchAppendCall => {
      this.channel = client.getChannel();
      return client.makeBidiStreamRequest(
        StreamsService.batchAppend.path,
        asItIs,
        decodeAnswer,
        ...this.client.callArguments(OPTIONS, NO_DEADLINE),
      );
    };
    return this.client.GRPCStreamCreator(StreamsClient, 'batchAppend', open)();
  }

  /** Gives a channel up on which nobody answers: the next call gets a new one. */
  async abandon(): Promise<void> {
    const silent = new UnavailableError(undefined, 'no answer in time');
    await this.client
      .execute(StreamsClient, 'abandon', () => Promise.reject(silent))
      .catch(() => undefined);
  }

  async close(): Promise<void> {
    await this.client.dispose();
    this.channel?.close();
  }
}
