import type { RecordedEvent } from '@imprest/event-catalogue';
import { streamCategory, streamId } from '@imprest/event-catalogue';

export interface EventSelection {
  readonly category?: readonly string[];
  readonly type?: readonly string[];
  readonly correlation?: string;
  readonly tenant?: string;
  readonly generation?: string;
  readonly text?: string;
  readonly eventId?: string;
  /** ISO 8601, inclusive. */
  readonly since?: Date;
  /** Exclusive. */
  readonly until?: Date;
}

type Data = Readonly<Record<string, unknown>>;

/**
 * Which events of the store are asked for. An event is a tenant's or a generation's when it says so, or when an
 * earlier event of its stream did: only a stream's first event names the tenant. Those streams are remembered.
 */
export class SelectedEvents {
  private readonly ofTenant = new Set<string>();
  private readonly ofGeneration = new Set<string>();
  private readonly text: string | undefined;

  constructor(private readonly options: EventSelection) {
    this.text = options.text?.toLowerCase();
  }

  matches(event: RecordedEvent): boolean {
    const { category, type, correlation, since, until, eventId } = this.options;
    // First, because what they remember must not depend on the rest.
    const belongs = this.isOfTenant(event) && this.isOfGeneration(event);
    if (!belongs) return false;
    if (category !== undefined && !category.includes(streamCategory(event.stream))) return false;
    if (type !== undefined && !type.includes(event.type)) return false;
    if (eventId !== undefined && event.eventId !== eventId) return false;
    if (correlation !== undefined && event.metadata.correlationId !== correlation) return false;
    if (since !== undefined && event.recordedAt < since) return false;
    if (until !== undefined && event.recordedAt >= until) return false;
    return this.text === undefined || textOf(event).includes(this.text);
  }

  /** Whether it takes the first event of the stream to know whose it is. */
  needsFirstOf({ stream, revision }: RecordedEvent): boolean {
    const { tenant, generation } = this.options;
    const knows = (known: ReadonlySet<string>) => known.has(stream);
    if (revision === 0) return false;
    return (
      (tenant !== undefined && !knows(this.ofTenant)) ||
      (generation !== undefined && !knows(this.ofGeneration))
    );
  }

  private isOfTenant({ stream, data }: RecordedEvent): boolean {
    const { tenant } = this.options;
    if (tenant === undefined || this.ofTenant.has(stream)) return true;
    const names = (data as Data).tenantId === tenant || streamId(stream) === tenant;
    if (names) this.ofTenant.add(stream);
    return names;
  }

  private isOfGeneration({ stream, data }: RecordedEvent): boolean {
    const { generation } = this.options;
    if (generation === undefined || this.ofGeneration.has(stream)) return true;
    if (streamId(stream) === generation) return true;
    if ((data as Data).generationId !== generation) return false;
    // An account names many generations, each of its events its own.
    if (streamCategory(stream) !== 'tokenAccount') this.ofGeneration.add(stream);
    return true;
  }
}

function textOf({ stream, type, eventId, data, metadata }: RecordedEvent): string {
  return `${stream} ${type} ${eventId} ${JSON.stringify(data)} ${JSON.stringify(metadata)}`.toLowerCase();
}
