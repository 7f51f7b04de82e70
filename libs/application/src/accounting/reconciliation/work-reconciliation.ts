import { type FindingSubject, generation, type JobEvent, job, tokenAccount } from '@imprest/domain';
import { type RecordedEvent, streamId, streamName, toDomainEvent } from '@imprest/event-catalogue';
import { loadGeneration } from '../../generations/load-generation.js';
import type { AssetStore } from '../../ports/asset-store.js';
import type { EventStore } from '../../ports/event-store.js';
import type { ReconciliationBooks } from '../../ports/reconciliation-books.js';
import type { FoundThing } from '../audit-findings.js';
import { type GenerationEvidence, matchThreeWays, type WorkOfJob } from './three-way-match.js';

export interface WorkReconciliationServices {
  readonly eventStore: EventStore;
  readonly books: ReconciliationBooks;
  readonly assets: AssetStore;
}

export interface ReconciliationRange {
  /** Exclusive. */
  readonly after: bigint;
  /** Inclusive. */
  readonly upTo: bigint;
  /** What became known later may still be waiting for its counterpart. */
  readonly before: Date;
  readonly signal?: AbortSignal;
}

const AT_ONCE = 200;
const CALLS_AT_ONCE = 8;
const CATEGORIES = [generation.category, job.category, tokenAccount.category];
/** Whoever says one of these says that a generation has come to its end, or should have. */
const ENDS: ReadonlySet<string> = new Set([
  ...['GenerationSucceeded', 'GenerationFailed', 'GenerationCancelled'],
  ...['JobSucceeded', 'JobDeadLettered', 'JobDeadlineMissed', 'JobCancelled'],
  ...['HoldSettled', 'HoldReleased', 'TokensRefunded'],
]);

/**
 * Matches jobs, ledger and assets of every generation that any of the three says has ended. What one of
 * them does not know is a finding too, so nothing has to be the source of the list.
 */
export class WorkReconciliation {
  /** Generations looked at so far. */
  matched = 0;

  constructor(private readonly services: WorkReconciliationServices) {}

  async *differences(range: ReconciliationRange): AsyncGenerator<FoundThing> {
    let ids = new Set<string>();
    for await (const page of this.services.eventStore.readAll({
      ...range,
      categories: CATEGORIES,
    })) {
      if (range.signal?.aborted) return;
      for (const event of page) {
        const id = ENDS.has(event.type) ? generationOf(event) : undefined;
        if (id !== undefined) ids.add(id);
      }
      if (ids.size < AT_ONCE) continue;
      yield* this.match([...ids], range.before);
      ids = new Set();
    }
    yield* this.match([...ids], range.before);
  }

  private async *match(ids: readonly string[], before: Date): AsyncGenerator<FoundThing> {
    for (let at = 0; at < ids.length; at += AT_ONCE) {
      for (const evidence of await this.evidence(ids.slice(at, at + AT_ONCE), before)) {
        this.matched += 1;
        for (const { check, message, assetId } of matchThreeWays(evidence)) {
          yield { check, subjects: subjectsOf(evidence, assetId), message };
        }
      }
    }
  }

  /** Of generations about which nothing became known lately. */
  private async evidence(
    ids: readonly string[],
    before: Date,
  ): Promise<readonly GenerationEvidence[]> {
    const { books } = this.services;
    const [money, assets] = [await books.money(ids), await books.assets(ids)];
    const streams = await inTurns(ids, async (generationId) => {
      const view = await loadGeneration(this.services.eventStore, generationId);
      const work = await this.work(generationId);
      const missingBlobs = await this.missing(view?.erased ? [] : (view?.images ?? []));
      return { generationId, generation: view, ...work, missingBlobs };
    });
    return streams
      .filter(({ changedAt, generation: view }) => {
        const endedAt = view?.finishedAt == null ? changedAt : new Date(view.finishedAt);
        return (endedAt ?? new Date(0)) < before;
      })
      .map(({ changedAt: _, ...evidence }) => ({
        ...evidence,
        money: money.get(evidence.generationId),
        assets: assets.get(evidence.generationId) ?? [],
      }));
  }

  private async work(
    jobId: string,
  ): Promise<{ job: WorkOfJob | undefined; changedAt: Date | undefined }> {
    let state = job.initialState();
    let result: WorkOfJob['result'] = null;
    let changedAt: Date | undefined;
    for await (const page of this.services.eventStore.readStream(streamName(job.category, jobId))) {
      for (const recorded of page) {
        const event = toDomainEvent(recorded) as JobEvent;
        state = job.evolve(state, event);
        if (event.type === 'JobSucceeded') result = event.data;
        changedAt = recorded.recordedAt;
      }
    }
    const known = state.status === 'none' ? undefined : { status: state.status, result };
    return { job: known, changedAt };
  }

  private async missing(
    images: readonly { readonly assetId: string }[],
  ): Promise<ReadonlySet<string>> {
    const missing = new Set<string>();
    for (const { assetId } of images) {
      if ((await this.services.assets.size(assetId)) === undefined) missing.add(assetId);
    }
    return missing;
  }
}

function generationOf(recorded: RecordedEvent): string | undefined {
  if (!recorded.stream.startsWith(`${tokenAccount.category}-`)) return streamId(recorded.stream);
  const { data } = toDomainEvent(recorded);
  return 'generationId' in data ? (data.generationId ?? undefined) : undefined;
}

function subjectsOf(
  { generationId, generation: view, money }: GenerationEvidence,
  assetId: string | undefined,
): readonly FindingSubject[] {
  const tenantId = view?.tenantId ?? money?.tenantId;
  return [
    { kind: 'generation', id: generationId },
    ...(tenantId === undefined ? [] : [{ kind: 'tenant', id: tenantId }]),
    ...(assetId === undefined ? [] : [{ kind: 'asset', id: assetId }]),
  ];
}

/** Some at a time, since each may wait for a disk elsewhere. */
async function inTurns<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += CALLS_AT_ONCE) {
    results.push(...(await Promise.all(items.slice(at, at + CALLS_AT_ONCE).map(work))));
  }
  return results;
}
