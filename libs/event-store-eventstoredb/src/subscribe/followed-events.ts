import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { EventBatch } from '@imprest/application';
import type { RecordedEvent } from '@imprest/event-catalogue';
import type { PositionMap } from '../positions/position-map.js';
import type { IncomingMessages } from '../read/incoming-messages.js';
import { RecordedEventDecoder } from '../read/recorded-event.js';

/** While catching up, a batch that is not full waits this long for more. */
const MORE_WITHIN_MS = 20;

/**
 * Makes batches of the messages of one subscription. A checkpoint of the server says that everything up to
 * it was looked at; it comes into a batch only behind the events that came before it, so a position is
 * never ahead of what was handled.
 */
export class FollowedEvents {
  private readonly decoder = new RecordedEventDecoder();
  private live = false;

  constructor(
    private readonly incoming: IncomingMessages,
    private position: bigint,
    private readonly batchSize: number,
    private readonly positions: PositionMap,
    /** `each`: a batch ends with a checkpoint, for whoever wants to know of every one. */
    private readonly checkpoints: 'joined' | 'each' = 'joined',
  ) {}

  /** Whether the server has sent everything there was. */
  get isLive(): boolean {
    return this.live;
  }

  /** Everything the server has not told yet but that is known to hold nothing of interest. */
  skipTo(position: bigint): void {
    if (position > this.position) this.position = position;
  }

  /**
   * The next batch; undefined when nothing has come for `quietMs`, or what came moved nothing.
   * @throws what the call ended with
   */
  async next(quietMs: number): Promise<EventBatch | undefined> {
    const { queue } = this.incoming;
    const anything = () => queue.length > 0;
    // One more than a batch: what follows tells whether anything is left.
    const enough = () =>
      queue.length > this.batchSize ||
      this.checkpoints === 'each' ||
      this.live ||
      this.incoming.isFull ||
      isCaughtUp(queue.at(-1));
    if (await this.incoming.gather(anything, quietMs)) return undefined;
    if (this.incoming.isOver) throw new Error('the server ended the subscription');
    await this.incoming.gather(enough, MORE_WITHIN_MS);
    const before = this.position;
    const events = this.take();
    if (this.position === before) return undefined;
    return { events, position: this.position, caughtUp: this.live && queue.length === 0 };
  }

  private take(): RecordedEvent[] {
    const { queue } = this.incoming;
    const events: RecordedEvent[] = [];
    let taken = 0;
    for (const message of queue) {
      const stored = message.getEvent()?.getEvent();
      if (stored !== undefined && events.length === this.batchSize) break;
      taken += 1;
      if (stored === undefined) {
        this.note(message);
        if (this.checkpoints === 'each' && message.hasCheckpoint()) break;
        continue;
      }
      const event = this.decoder.decode(stored);
      // The server may have had to begin a little before.
      if (event.position <= this.position) continue;
      events.push(event);
      this.position = event.position;
    }
    this.incoming.take(taken);
    return events;
  }

  private note(message: ReadResp): void {
    if (message.hasCaughtUp()) this.live = true;
    else if (message.hasFellBehind()) this.live = false;
    const checkpoint = message.getCheckpoint();
    if (checkpoint === undefined) return;
    this.skipTo(this.positions.storePosition(BigInt(checkpoint.getCommitPosition())));
  }
}

function isCaughtUp(message: ReadResp | undefined): boolean {
  return message?.hasCaughtUp() ?? false;
}
