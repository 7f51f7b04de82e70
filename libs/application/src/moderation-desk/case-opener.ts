import { type CaseOpened, type DomainEvent, type OutputVerdict } from '@imprest/domain';
import { type RecordedEvent, streamId, streamName, toDomainEvent } from '@imprest/event-catalogue';
import { causedBy } from '../command-context.js';
import type { Reactor } from '../consuming/consumer.js';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import { moderationCaseStream } from '../deciding/stream-types.js';
import { loadGeneration } from '../generations/load-generation.js';
import { derivedId } from '../identifiers.js';
import { groundsOf } from '../moderation/index.js';
import type { EventStore } from '../ports/event-store.js';
import { dueAt } from './case-deadlines.js';

type Fact<Type extends DomainEvent['type']> = Extract<DomainEvent, { type: Type }>['data'];
type Subject = Omit<CaseOpened['data'], 'dueAt'>;

const WATCHED = new Set(['JobOutputWithheld', 'EndUserPromptRefused']);

/** Opens a case for whatever a person has to look at. Ids are derived, so that a repeat opens nothing. */
export class CaseOpener implements Reactor {
  readonly kind = 'reactor';
  readonly name = 'moderation-case-opener';
  readonly categories = ['job', 'endUser'];
  /** It reads every event of jobs for the few that withhold an output. */
  readonly minimumIntervalMs = 500;
  readonly batchSize = 2_000;

  constructor(
    private readonly runner: DeciderRunner,
    private readonly store: EventStore,
    /** Within which a case should be decided that nobody has called urgent. */
    private readonly caseHours: number,
  ) {}

  async react(recorded: RecordedEvent): Promise<void> {
    if (!WATCHED.has(recorded.type)) return;
    const event = toDomainEvent(recorded);
    if (event.type === 'JobOutputWithheld') await this.output(recorded, event.data);
    if (event.type === 'EndUserPromptRefused') await this.prompt(recorded, event.data);
  }

  private async output(
    recorded: RecordedEvent,
    { fence, index, sha256, verdict, kept }: Fact<'JobOutputWithheld'>,
  ): Promise<void> {
    const grounds = groundsOf(verdict);
    if (grounds === undefined) return;
    const generationId = streamId(recorded.stream);
    const view = await loadGeneration(this.store, generationId);
    if (view === undefined) throw new Error(`there is no generation ${generationId}`);
    const { tenantId, endUserId } = view;
    const { latencyMs: _, ...judged }: OutputVerdict = verdict;
    const id = derivedId('case', generationId, String(fence), String(index));
    await this.open(recorded, id, {
      ...{ kind: 'output', grounds, tenantId, endUserId, generationId, note: null },
      verdicts: [judged],
      media: kept === null ? [] : [{ ...kept, sha256 }],
    });
  }

  /** One case for an end user, a category and a day: whoever tries again and again fills no queue. */
  private async prompt(
    recorded: RecordedEvent,
    { category, reviewer }: Fact<'EndUserPromptRefused'>,
  ): Promise<void> {
    const grounds = groundsOf({ outcome: 'block', category });
    if (grounds === undefined) return;
    const endUserId = streamId(recorded.stream);
    const tenantId = await this.tenantOf(endUserId);
    const day = recorded.metadata.occurredAt.slice(0, 10);
    const [provider = '', version = ''] = splitOnce(reviewer);
    await this.open(recorded, derivedId('case', endUserId, category, day), {
      ...{ kind: 'input', grounds, tenantId, endUserId, generationId: null, note: null },
      verdicts: [{ provider, version, outcome: 'block', category, score: null }],
      media: [],
    });
  }

  private async open(recorded: RecordedEvent, id: string, subject: Subject): Promise<void> {
    const happened = new Date(recorded.metadata.occurredAt);
    const opened = { ...subject, dueAt: dueAt(subject.grounds, happened, this.caseHours) };
    const command = { type: 'OpenCase', case: opened } as const;
    await this.runner.run(moderationCaseStream, id, command, causedBy(recorded, this.name));
  }

  private async tenantOf(endUserId: string): Promise<string> {
    const stream = streamName('endUser', endUserId);
    for await (const [first] of this.store.readStream(stream, { maxCount: 1 })) {
      if (first === undefined) continue;
      const event = toDomainEvent(first);
      if (event.type === 'EndUserRegistered') return event.data.tenantId;
    }
    throw new Error(`${stream} does not begin with a registration`);
  }
}

/** Who judged a prompt is on record as `name/version`. */
function splitOnce(reviewer: string): readonly string[] {
  const at = reviewer.indexOf('/');
  return at < 0 ? [reviewer] : [reviewer.slice(0, at), reviewer.slice(at + 1)];
}
