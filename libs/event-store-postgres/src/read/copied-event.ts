import type { StoredEvent } from '@imprest/event-catalogue';

/** Fields in the order of StoredEvent.bytes, each in PostgreSQL's binary form. */
const COLUMNS = `position, revision, event_id::text, type,
  (date_part('epoch', recorded_at) * 1000)::bigint, stream, version::bigint, data, metadata`;

/** COPY takes no parameters: only numbers, and names of letters, come into its text. */
export function storedRange(
  after: bigint,
  upTo: bigint,
  categories: readonly string[] | undefined,
): string {
  const filter =
    categories === undefined
      ? ''
      : ` and split_part(stream, '-', 1) in (${categories.map(quotedName).join(', ')})`;
  return `select ${COLUMNS} from event_store.events
    where position > ${after} and position <= ${upTo}${filter} order by position`;
}

function quotedName(category: string): string {
  if (!/^[A-Za-z]+$/.test(category)) throw new RangeError(`${category} is no category of streams`);
  return `'${category}'`;
}

const LENGTH = 4;
const REVISION = LENGTH + 8 + LENGTH;
const EVENT_ID = REVISION + 8;

/** A row as COPY gives it: the whole of it are its bytes, and of its fields only those asked for are made. */
export class CopiedEvent implements StoredEvent {
  readonly position: bigint;
  /** Where the length of each of these fields is. */
  private readonly typeAt: number;
  private readonly recordedAt_: number;
  private readonly streamAt: number;
  private readonly versionAt: number;

  private stream_: string | undefined;

  constructor(readonly bytes: Buffer) {
    this.position = bytes.readBigInt64BE(LENGTH);
    this.typeAt = this.end(EVENT_ID);
    this.recordedAt_ = this.end(this.typeAt);
    this.streamAt = this.end(this.recordedAt_);
    this.versionAt = this.end(this.streamAt);
  }

  get revision(): number {
    return this.integer(REVISION);
  }

  get eventId(): string {
    return this.text(EVENT_ID);
  }

  get type(): string {
    return this.text(this.typeAt);
  }

  get recordedAt(): Date {
    return new Date(this.integer(this.recordedAt_ + LENGTH));
  }

  get stream(): string {
    this.stream_ ??= this.text(this.streamAt);
    return this.stream_;
  }

  get version(): number {
    return this.integer(this.versionAt + LENGTH);
  }

  get data(): string {
    return this.text(this.end(this.versionAt));
  }

  get metadata(): string {
    return this.text(this.end(this.end(this.versionAt)));
  }

  /** 64 bits of a value that a number holds. */
  private integer(at: number): number {
    return this.bytes.readInt32BE(at) * 2 ** 32 + this.bytes.readUInt32BE(at + 4);
  }

  private end(at: number): number {
    return at + LENGTH + this.bytes.readInt32BE(at);
  }

  private text(at: number): string {
    return this.bytes.toString('utf8', at + LENGTH, this.end(at));
  }
}
