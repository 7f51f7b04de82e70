import { createProjectionDatabase, RecordedLog } from '@imprest/testkit/projections';
import { accountOpened, exampleEvent, generationRequest, tokensHeld, tokensPurchased } from '@imprest/testkit/domain';
import { InMemoryEventLog, InMemoryEventStore } from '@imprest/testkit';
import { test } from 'vitest';
import { migrations } from '../migrations/index.js';
import { projectors } from '../projectors.js';
import { PostgresCheckpointStore } from './postgres-checkpoint-store.js';
import { acceptAll, workOf } from '../../../application/src/consuming/consumer-work.js';

test('bench', async () => {
  const database = await createProjectionDatabase(migrations);
  const log = new RecordedLog();
  const tenants = Array.from({ length: 50 }, (_, n) => `ten_${n}`);
  for (const t of tenants) log.record(t, accountOpened, tokensPurchased(`lot_${t}`, 1_000_000n));
  for (let n = 0; n < 12_000; n += 1) {
    const t = tenants[n % 50]!;
    log.record(`req_${n}`, { type: 'GenerationRequested', data: generationRequest({ tenantId: t, endUserId: `usr_${n % 500}` }) });
    log.record(t, tokensHeld(`req_${n}`, { [`lot_${t}`]: 40n }));
    log.record(`req_${n}`, exampleEvent('GenerationStarted'));
    log.record(`req_${n}`, { type: 'GenerationCancelled', data: { ...exampleEvent('GenerationCancelled').data, charged: 0n, refunded: 40n } });
    log.record(t, { type: 'HoldReleased', data: { generationId: `req_${n}`, released: [{ lotId: `lot_${t}`, tokens: 40n }], reason: 'x' } });
  }
  const store = new InMemoryEventStore(InMemoryEventLog.of(log.events.slice(0, 1)));
  for (const projector of projectors.filter(({ name }) => ['journal', 'generations', 'end-users', 'reconciliation'].includes(name))) {
    const events = log.events.filter(({ stream }) => projector.categories.includes(stream.slice(0, stream.indexOf('-'))));
    for (const batch of [2_000, 500]) {
    const rates: Record<string, number[]> = { position: [], revisions: [] };
    for (let round = 0; round < 3; round += 1) {
      for (const mode of ['position', 'revisions'] as const) {
        await database.sql.query(`truncate ${projector.tables.map(({ name }) => name).join(', ')}, read_models.inbox`);
        await database.sql.query('delete from read_models.checkpoints');
        const checkpoints = new PostgresCheckpointStore({ connectionString: database.url });
        const work = workOf(projector, checkpoints);
        const start = performance.now();
        for (let at = 0; at < events.length; at += batch) {
          const page = events.slice(at, at + batch);
          if (mode === 'position') await work.advance(page, page.at(-1)!.position);
          else await acceptAll(work, store, page);
        }
        rates[mode]!.push(Math.round(events.length / ((performance.now() - start) / 1000)));
        await checkpoints.close();
      }
    }
    const best = (mode: string) => Math.max(...rates[mode]!);
    console.log(projector.name, batch, JSON.stringify(rates), (best('revisions') / best('position')).toFixed(2));
    }
  }
  await database.drop();
}, 120_000);
