import type { DomainEvent } from '@imprest/domain';
import { streamCategory } from '@imprest/event-catalogue';
import { exampleEvent, generationRequest } from '@imprest/testkit/domain';
import {
  createProjectionDatabase,
  type ProjectionDatabase,
  RecordedLog,
} from '@imprest/testkit/projections';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDataSource } from '../data-source.js';
import { migrations } from '../migrations/index.js';
import { DeadLetterQueries } from '../queries/index.js';
import { deadLettersProjector, generationsProjector } from './index.js';

const requested: DomainEvent = {
  type: 'GenerationRequested',
  data: generationRequest({ tenantId: 'ten' }),
};
const redriven: DomainEvent = {
  type: 'JobRedriven',
  data: { generationId: 'g9', reason: 'mended' },
};

let database: ProjectionDatabase;

beforeAll(async () => {
  database = await createProjectionDatabase(migrations);
});

afterAll(() => database.drop());

test('dead letters are listed, selected, and waiting until they were redriven', async () => {
  const log = new RecordedLog();
  const dataSource = await createDataSource({ url: database.url });
  try {
    const queries = new DeadLetterQueries(dataSource);
    for (const id of ['g1', 'g2', 'g3']) log.record(id, requested, exampleEvent('JobQueued'));
    for (const id of ['g1', 'g2']) log.record(id, exampleEvent('JobDeadLettered'));
    log.record('g2', redriven);
    for (const projector of [generationsProjector, deadLettersProjector]) {
      const own = log.events.filter(({ stream }) =>
        projector.categories.includes(streamCategory(stream)),
      );
      await database.project(projector, own);
    }
    const { model } = generationRequest().price;

    const { items } = await queries.list({ limit: 10 });
    expect(items.map(({ id, redrivenAs }) => [id, redrivenAs]).sort()).toEqual([
      ['g1', null],
      ['g2', 'g9'],
    ]);
    expect(await queries.find('g1')).toMatchObject({ tenantId: 'ten', model, attempts: 5 });
    expect(await queries.find('g3')).toBeUndefined();
    expect(await queries.waiting({ model, failureClass: 'infrastructure' }, 10)).toEqual(['g1']);
    expect(await queries.waiting({ tenantId: 'other' }, 10)).toEqual([]);
  } finally {
    await dataSource.destroy();
  }
});
