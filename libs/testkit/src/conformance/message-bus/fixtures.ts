import {
  type ConsumeOptions,
  type DeliveredBatch,
  type MessageBus,
  START_OF_STORE,
  type Subscription,
} from '@imprest/application';
import type { RecordedEvent } from '@imprest/event-catalogue';
import { afterEach, beforeEach, vi } from 'vitest';
import { InMemoryCheckpointStore } from '../../in-memory-checkpoint-store.js';
import type { ConsumingProcess, MessageBusHarness } from './subject.js';

const DELIVERY_MS = 20_000;

/** Written by hand: the bus is to keep every field as it is, whatever it says. */
function anEvent(category: string, id: string, revision: number, position: bigint): RecordedEvent {
  return {
    eventId: `${id}/${revision}`,
    type: 'TokensHeld',
    version: 3,
    data: { id, text: 'Sunrise over „lakes“ 🏔', nested: { list: [1, null, true], tokens: '40' } },
    metadata: {
      correlationId: `cor_${id}`,
      causationId: `cau_${revision}`,
      occurredAt: '2026-01-15T09:00:00.123456Z',
      actor: { kind: 'apiKey', id: 'key_ä' },
    },
    stream: `${category}-${id}`,
    revision,
    position,
    recordedAt: new Date('2026-01-15T09:00:01.234Z'),
  };
}

/** What a consumer of the suite was given, and how it goes on from there. */
export class Following {
  readonly batches: DeliveredBatch[] = [];
  readonly subscription: Subscription;

  constructor(
    bus: MessageBus,
    checkpoints: InMemoryCheckpointStore,
    options: Partial<ConsumeOptions>,
    work: (batch: DeliveredBatch) => Promise<void>,
  ) {
    const consumer = options.consumer ?? 'reader';
    const loadPosition = async () => (await checkpoints.load(consumer)) ?? START_OF_STORE;
    this.subscription = bus.consume(
      { consumer, categories: ['tokenAccount'], loadPosition, ...options },
      async (batch) => {
        await work(batch);
        if (batch.events.length > 0) this.batches.push(batch);
        const { progress } = batch;
        if (progress.kind === 'position') await checkpoints.save(consumer, progress.position);
      },
    );
  }

  get events(): readonly RecordedEvent[] {
    return this.batches.flatMap(({ events }) => events);
  }

  get ids(): readonly string[] {
    return this.events.map(({ eventId }) => eventId);
  }

  /** Waits until all of these have come. */
  async reaches(events: readonly RecordedEvent[]): Promise<void> {
    await until(() => includesAll(this.ids, events));
  }
}

export function includesAll(ids: readonly string[], events: readonly RecordedEvent[]): boolean {
  const found = new Set(ids);
  return events.every(({ eventId }) => found.has(eventId));
}

export async function until(holds: () => boolean, timeout = DELIVERY_MS): Promise<void> {
  await vi.waitUntil(holds, { timeout, interval: 10 });
}

/** Everything a test of the suite touches, made anew for each. */
export class MessageBusFixture {
  harness!: MessageBusHarness;
  bus!: MessageBus;
  private checkpoints = new InMemoryCheckpointStore();
  private recorded = 0n;
  private revisions = new Map<string, number>();
  private readonly buses: MessageBus[] = [];
  private readonly processes: ConsumingProcess[] = [];

  constructor(create: () => Promise<MessageBusHarness>) {
    beforeEach(async () => {
      this.checkpoints = new InMemoryCheckpointStore();
      this.recorded = 0n;
      this.revisions = new Map();
      this.harness = await create();
      this.bus = await this.connect();
    });
    afterEach(async () => {
      await Promise.all(this.processes.splice(0).map((process) => process.die()));
      await Promise.all(this.buses.splice(0).map((bus) => bus.close()));
      await this.harness.dispose();
    });
  }

  async connect(): Promise<MessageBus> {
    const bus = await this.harness.connect();
    this.buses.push(bus);
    return bus;
  }

  async start(consumer: string): Promise<ConsumingProcess> {
    const process = await this.harness.start(consumer, 'tokenAccount');
    this.processes.push(process);
    return process;
  }

  follow(
    options: Partial<ConsumeOptions> = {},
    work: (batch: DeliveredBatch) => Promise<void> = async () => undefined,
    bus = this.bus,
  ): Following {
    return new Following(bus, this.checkpoints, options, work);
  }

  /** `count` events on each of the streams, by turns. */
  async happen(ids: readonly string[], count = 1, category = 'tokenAccount') {
    const events: RecordedEvent[] = [];
    for (let turn = 0; turn < count; turn += 1) {
      for (const id of ids) {
        const revision = this.revisions.get(`${category}-${id}`) ?? 0;
        this.revisions.set(`${category}-${id}`, revision + 1);
        this.recorded += 1n;
        events.push(anEvent(category, id, revision, this.recorded));
      }
    }
    await this.harness.record(events);
    return events;
  }
}

export function streamsNamed(prefix: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index}`);
}
