import { type AddressInfo, createServer, type Server as NetServer, type Socket } from 'node:net';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';
import serverfeaturesMessages from '@eventstore/db-client/generated/serverfeatures_pb.js';

import {
  type IStreamsServer,
  StreamsService,
} from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { Faults } from './faults.js';
import { EventLog } from './log/event-log.js';
import { LogFile } from './log/log-file.js';
import { append } from './service/append.js';
import { batchAppend } from './service/batch-append.js';
import { deleteStream, tombstoneStream } from './service/delete.js';
import { read } from './service/read.js';

export interface EventStoreDbServerOptions {
  /** Of 127.0.0.1; 0, or none, for any free one. */
  readonly port?: number;
  /** Events are kept in this file and read from it at the start; in memory only when absent. */
  readonly dataFile?: string;
  /** An answer waits until the disk has it, and not just the operating system. */
  readonly sync?: boolean;
  /** Bytes of one append; 1 MiB when absent, as in EventStoreDB 23.10 and 24.10. */
  readonly maxAppendSize?: number;
}

const MESSAGE_BYTES = 17 * 1024 * 1024;

/** EventStoreDB's protocol over a log in this process. The README says what a real server does differently. */
export class EventStoreDbServer {
  readonly faults = new Faults();
  private readonly sockets = new Set<Socket>();

  private constructor(
    readonly log: EventLog,
    private readonly file: LogFile | undefined,
    private readonly grpc: Server,
    private readonly listener: NetServer,
  ) {}

  static async start(options: EventStoreDbServerOptions = {}): Promise<EventStoreDbServer> {
    const { port = 0, dataFile, sync = false, maxAppendSize = 1024 * 1024 } = options;
    let file: LogFile | undefined;
    const log = new EventLog(
      dataFile === undefined ? undefined : (batch) => (file as LogFile).append(batch),
    );
    if (dataFile !== undefined) {
      file = await LogFile.open(dataFile, { sync, restore: (batch) => log.restore(batch) });
    }
    const grpc = new Server({
      'grpc.max_receive_message_length': MESSAGE_BYTES,
      'grpc.max_send_message_length': MESSAGE_BYTES,
    });
    const listener = createServer();
    const server = new EventStoreDbServer(log, file, grpc, listener);
    server.addServices(maxAppendSize);
    server.acceptConnections();
    await new Promise<void>((resolve, reject) => {
      listener.on('error', reject);
      listener.listen(port, '127.0.0.1', resolve);
    });
    return server;
  }

  get port(): number {
    return (this.listener.address() as AddressInfo).port;
  }

  /** What a client needs to connect. */
  get connectionString(): string {
    return `esdb://127.0.0.1:${this.port}?tls=false`;
  }

  /** Breaks every connection; new ones are taken unless `faults` says otherwise. */
  dropConnections(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    this.faults.set({ refuseConnections: true });
    this.dropConnections();
    this.grpc.forceShutdown();
    await new Promise((resolve) => this.listener.close(resolve));
    this.file?.close();
  }

  private acceptConnections(): void {
    const injector = this.grpc.createConnectionInjector(ServerCredentials.createInsecure());
    this.listener.on('connection', (socket) => {
      if (this.faults.refuseConnections) {
        socket.destroy();
        return;
      }
      socket.setNoDelay(true);
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
      socket.on('error', () => undefined);
      injector.injectConnection(socket);
    });
  }

  private addServices(maxAppendSize: number): void {
    const { log, faults } = this;
    const services = { log, faults, maxAppendSize };
    const streams: IStreamsServer = {
      read: (call) => void read(call, services),
      append: (call, respond) => append(call, respond, services),
      batchAppend: (call) => batchAppend(call, services),
      delete: (call, respond) => void deleteStream(call, respond, log),
      tombstone: (call, respond) => void tombstoneStream(call, respond, log),
    };
    this.grpc.addService(StreamsService, streams);
    this.grpc.addService(ServerFeaturesService, {
      getSupportedMethods: (_call: unknown, respond: (error: null, found: object) => void) =>
        respond(null, supportedMethods()),
    });
  }
}

function supportedMethods(): SupportedMethods {
  const names = ['read', 'append', 'batchappend', 'delete', 'tombstone'];
  const methods = names.map((name) =>
    new serverfeaturesMessages.SupportedMethod()
      .setServiceName('event_store.client.streams.streams')
      .setMethodName(name),
  );
  return new serverfeaturesMessages.SupportedMethods()
    .setMethodsList(methods)
    .setEventStoreServerVersion('24.10.0');
}
