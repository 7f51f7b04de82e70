import type { DomainEvent } from '@imprest/domain';
import { exampleEvent } from '@imprest/testkit/domain';
import {
  createProjectionDatabase,
  type ProjectionDatabase,
  RecordedLog,
} from '@imprest/testkit/projections';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDataSource } from '../data-source.js';
import { migrations } from '../migrations/index.js';
import { ModerationCaseQueries } from '../queries/index.js';
import { moderationCasesProjector } from './index.js';

const opened = (dueAt: string, category: string): DomainEvent => {
  const event = exampleEvent('CaseOpened');
  const verdict = { provider: 'p', version: '1', outcome: 'review', category, score: 0.5 } as const;
  return { ...event, data: { ...event.data, dueAt, verdicts: [verdict] } };
};

let database: ProjectionDatabase;

beforeAll(async () => {
  database = await createProjectionDatabase(migrations);
});

afterAll(() => database.drop());

test('cases are listed by when they are due, selected, and counted', async () => {
  const log = new RecordedLog();
  const dataSource = await createDataSource({ url: database.url });
  try {
    log.record('case_1', opened('2026-01-17T09:00:00.000Z', 'violence'));
    log.record('case_2', opened('2026-01-16T09:00:00.000Z', 'unseen'));
    log.record('case_3', opened('2026-01-15T09:00:00.000Z', 'violence'));
    log.record('case_3', exampleEvent('MediaUnblurred'), exampleEvent('CaseDecided'));
    await database.project(moderationCasesProjector, log.events, 2);
    const queries = new ModerationCaseQueries(dataSource);
    const ids = async (filter: Partial<Parameters<typeof queries.list>[0]>) =>
      (await queries.list({ limit: 10, ...filter })).items.map(({ id }) => id);

    expect(await ids({})).toEqual(['case_3', 'case_2', 'case_1']);
    expect(await ids({ state: 'open', sort: 'dueAt' })).toEqual(['case_2', 'case_1']);
    expect(await ids({ category: 'violence', state: 'open' })).toEqual(['case_1']);
    expect(await ids({ tenantId: 'other' })).toEqual([]);
    expect(await ids({ to: new Date(0) })).toEqual([]);
    const first = await queries.list({ state: 'open', sort: 'dueAt', limit: 1 });
    const cursor = first.nextCursor ?? '';
    expect(await ids({ state: 'open', sort: 'dueAt', cursor })).toEqual(['case_1']);
    const [decided] = (await queries.list({ decision: 'uphold', limit: 1 })).items;
    expect(decided).toMatchObject({ id: 'case_3', unblurred: 1, reason: 'violence' });
    const counts = await queries.counts(new Date('2026-01-16T12:00:00.000Z'));
    expect(counts).toEqual({ open: 2, overdue: 1 });
  } finally {
    await dataSource.destroy();
  }
});
