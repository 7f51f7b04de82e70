import type { Producer, TopicMessages } from 'kafkajs';

/** A new producer mends what the last one broke on; what it does not mend is not mended by another one. */
const PRODUCERS_TRIED = 2;

/**
 * Sends through an idempotent producer, which keeps kafkajs' own retries in order, and throws it away after
 * any failure: one whose sequence is out of step with the broker's never recovers.
 */
export class ReplaceableProducer {
  private producer: Promise<Producer> | undefined;
  private closed = false;

  constructor(
    private readonly make: () => Producer,
    private readonly confirmTimeoutMs: number,
    private readonly replaced: (error: unknown) => void,
  ) {}

  /** Resolves when all in-sync replicas have them. @throws what the last producer tried has failed with */
  async send(topicMessages: TopicMessages[]): Promise<void> {
    for (let tried = 1; ; tried += 1) {
      if (this.closed) throw new Error('the publisher is closed');
      try {
        await this.confirmed(topicMessages);
        return;
      } catch (error) {
        this.discard();
        if (tried === PRODUCERS_TRIED) throw error;
        this.replaced(error);
      }
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    const producer = await this.producer?.catch(() => undefined);
    await producer?.disconnect();
  }

  private async confirmed(topicMessages: TopicMessages[]): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const give = () => reject(new Error(`not confirmed within ${this.confirmTimeoutMs} ms`));
      timer = setTimeout(give, this.confirmTimeoutMs);
    });
    const sending = this.connected().then((producer) =>
      producer.sendBatch({ acks: -1, timeout: this.confirmTimeoutMs, topicMessages }),
    );
    // When it is late, nobody listens any more to how it fails.
    sending.catch(() => undefined);
    try {
      await Promise.race([sending, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  private connected(): Promise<Producer> {
    this.producer ??= this.connect();
    return this.producer;
  }

  private async connect(): Promise<Producer> {
    const producer = this.make();
    try {
      await producer.connect();
      return producer;
    } catch (error) {
      await producer.disconnect().catch(() => undefined);
      throw error;
    }
  }

  private discard(): void {
    const { producer } = this;
    this.producer = undefined;
    producer?.then((discarded) => discarded.disconnect()).catch(() => undefined);
  }
}
