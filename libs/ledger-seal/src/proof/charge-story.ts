import type { Allocation, DomainEvent, GenerationRequested } from '@imprest/domain';
import { recordedEvent, streamCategory, streamId, toDomainEvent } from '@imprest/event-catalogue';
import type { ProofRecord } from './charge-proof.js';
import type {
  ChargeAttempt,
  ChargeDelivery,
  ChargedImage,
  ChargedLot,
  ChargeStory,
} from './told-charge.js';

interface Portions {
  held: bigint;
  captured: bigint;
  released: bigint;
  refunded: bigint;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type Kind = Pick<ChargedLot, 'kind' | 'price'>;

/** Records told one after the other; what does not go together is noted. */
class StoryTeller {
  readonly problems: string[] = [];
  private readonly lots = new Map<string, Portions>();
  private readonly kinds = new Map<string, Kind>();
  private readonly attempts: Mutable<ChargeAttempt>[] = [];
  private readonly deliveries: ChargeDelivery[] = [];
  private readonly images: ChargedImage[] = [];
  private request: { readonly data: GenerationRequested['data']; readonly at: string } | undefined;
  private outcome: ChargeStory['outcome'] = 'open';
  private endedAt: string | null = null;
  private charged = 0n;
  private givenBack = 0n;
  private hold: ChargeStory['hold'] = 'none';
  private heldPrice: GenerationRequested['data']['price'] | undefined;

  constructor(private readonly generationId: string) {}

  tell({ event: stored }: ProofRecord): void {
    const recorded = recordedEvent(stored);
    const { occurredAt: at } = recorded.metadata;
    const id = streamId(stored.stream);
    this.take(toDomainEvent(recorded), at, id, streamCategory(stored.stream));
  }

  private take(event: DomainEvent, at: string, id: string, category: string): void {
    const isOwn = category !== 'generation' && category !== 'job' ? true : id === this.generationId;
    if (!isOwn) this.problems.push(`${category} ${id} is about another generation`);
    switch (event.type) {
      case 'GenerationRequested':
        if (this.request !== undefined) this.problems.push('it was requested twice');
        this.request = { data: event.data, at };
        break;
      case 'ImageStored': {
        const { index, mediaType, bytes, sha256 } = event.data;
        this.images.push({ index, mediaType, bytes, sha256 });
        break;
      }
      case 'GenerationSucceeded':
        this.end('succeeded', event.data, at);
        break;
      case 'GenerationFailed':
        this.end('failed', event.data, at);
        break;
      case 'GenerationCancelled':
        this.end('cancelled', event.data, at);
        break;
      case 'JobLeased': {
        const { attempt, workerId } = event.data;
        this.attempts.push({ attempt, workerId, leasedAt: at, failure: null });
        break;
      }
      case 'JobAttemptFailed': {
        const { attempt: number, failureClass, message } = event.data;
        const attempt = this.attempts.findLast((each) => each.attempt === number);
        if (attempt !== undefined) attempt.failure = `${failureClass}: ${message}`;
        break;
      }
      case 'WebhookAttempted': {
        const { attempt, outcome, status } = event.data;
        this.deliveries.push({ messageId: id, attempt, at, outcome, status });
        break;
      }
      default:
        this.takeMoney(event);
    }
  }

  private takeMoney(event: DomainEvent): void {
    switch (event.type) {
      case 'TokensPurchased': {
        const { lotId, tokens, paid } = event.data;
        const price = {
          minorUnits: `${paid.minorUnits}`,
          currency: paid.currency,
          tokens: `${tokens}`,
        };
        this.kinds.set(lotId, { kind: 'purchased', price });
        break;
      }
      case 'TokensGranted':
        this.kinds.set(event.data.lotId, { kind: 'promotional', price: null });
        break;
      case 'TokensHeld':
        this.own(event.data.generationId);
        if (this.hold !== 'none') this.problems.push('tokens were held for it twice');
        this.hold = 'open';
        this.heldPrice = event.data.price;
        this.add('held', event.data.allocations);
        if (this.sum('held') !== event.data.tokens) {
          this.problems.push(
            `${event.data.tokens} tokens were held, but ${this.sum('held')} of lots`,
          );
        }
        break;
      case 'HoldSettled':
        this.close('settled', event.data.generationId);
        this.add('captured', event.data.captured);
        this.add('released', event.data.released);
        break;
      case 'HoldReleased':
        this.close('released', event.data.generationId);
        this.add('released', event.data.released);
        break;
      case 'TokensRefunded':
        this.own(event.data.generationId);
        this.add('refunded', event.data.allocations);
        break;
    }
  }

  /** @throws Error when nobody asked for it */
  story(): ChargeStory {
    const { request } = this;
    if (request === undefined) throw new Error('no record says that it was requested');
    this.judge(request.data);
    const { priceBookVersion, model, images, perImage, total } = request.data.price;
    return {
      generationId: this.generationId,
      tenantId: request.data.tenantId,
      requestedAt: request.at,
      price: { priceBookVersion, model, images, perImage: `${perImage}`, total: `${total}` },
      ...{ outcome: this.outcome, endedAt: this.endedAt, charged: `${this.charged}` },
      hold: this.hold,
      held: `${this.sum('held')}`,
      captured: `${this.sum('captured')}`,
      released: `${this.sum('released')}`,
      refunded: `${this.sum('refunded')}`,
      lots: [...this.lots].map(([lotId, portions]) => chargedLot(lotId, portions, this.kinds)),
      attempts: this.attempts,
      deliveries: this.deliveries,
      images: this.images,
    };
  }

  /** What has to hold between the parts, whoever wrote them. */
  private judge({ price }: GenerationRequested['data']): void {
    const say = (problem: string) => this.problems.push(problem);
    const [held, captured] = [this.sum('held'), this.sum('captured')];
    if (this.heldPrice !== undefined && !samePrice(price, this.heldPrice)) {
      say('the price held differs from the price of the request');
    }
    if (this.hold !== 'none' && held !== price.total) say(`${held} of ${price.total} was held`);
    const isClosed = this.hold === 'settled' || this.hold === 'released';
    for (const [lotId, lot] of this.lots) {
      if (isClosed && lot.captured + lot.released !== lot.held) {
        say(`of lot ${lotId} ${lot.held} was held, but ${lot.captured + lot.released} closed`);
      }
      if (lot.refunded > lot.captured) say(`more of lot ${lotId} was refunded than captured`);
    }
    if (this.outcome === 'open') {
      if (isClosed) say('its hold is closed, but it has not ended');
      return;
    }
    if (isClosed && captured !== this.charged) {
      say(`the outcome says ${this.charged} was charged, the account ${captured}`);
    }
    if (this.hold === 'none' && this.charged !== 0n) say('it was charged for without a hold');
    if (isClosed && this.charged + this.givenBack !== held) {
      say(`the outcome accounts for ${this.charged + this.givenBack} of ${held} held`);
    }
  }

  private end(
    outcome: ChargeStory['outcome'],
    { charged, refunded }: { readonly charged: bigint; readonly refunded: bigint },
    at: string,
  ): void {
    if (this.outcome !== 'open') this.problems.push('it ended twice');
    this.outcome = outcome;
    this.endedAt = at;
    this.charged = charged;
    this.givenBack = refunded;
  }

  private close(how: 'settled' | 'released', generationId: string): void {
    this.own(generationId);
    if (this.hold !== 'open') this.problems.push(`its hold was ${how}, but not open`);
    this.hold = how;
  }

  private own(generationId: string): void {
    if (generationId === this.generationId) return;
    this.problems.push(`an event of the account is about generation ${generationId}`);
  }

  private add(portion: keyof Portions, allocations: readonly Allocation[]): void {
    for (const { lotId, tokens } of allocations) {
      const lot = this.lots.get(lotId) ?? { held: 0n, captured: 0n, released: 0n, refunded: 0n };
      lot[portion] += tokens;
      this.lots.set(lotId, lot);
    }
  }

  private sum(portion: keyof Portions): bigint {
    let sum = 0n;
    for (const lot of this.lots.values()) sum += lot[portion];
    return sum;
  }
}

function chargedLot(
  lotId: string,
  { held, captured, released, refunded }: Portions,
  kinds: ReadonlyMap<string, Kind>,
): ChargedLot {
  const { kind, price } = kinds.get(lotId) ?? { kind: null, price: null };
  return {
    ...{ lotId, kind, held: `${held}`, captured: `${captured}`, released: `${released}` },
    ...{ refunded: `${refunded}`, price },
  };
}

type Price = GenerationRequested['data']['price'];

function samePrice(a: Price, b: Price): boolean {
  const keys = Object.keys({ ...a, ...b }) as (keyof Price)[];
  return keys.every((key) => a[key] === b[key]);
}

export interface ToldCharge {
  readonly story: ChargeStory;
  /** What does not go together; empty for a charge that is right. */
  readonly problems: readonly string[];
}

/** @throws Error when a record cannot be read, or nobody asked for the generation */
export function chargeStory(generationId: string, records: readonly ProofRecord[]): ToldCharge {
  const teller = new StoryTeller(generationId);
  for (const record of records) teller.tell(record);
  const story = teller.story();
  return { story, problems: teller.problems };
}
