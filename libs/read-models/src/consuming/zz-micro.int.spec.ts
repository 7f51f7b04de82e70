import { createProjectionDatabase } from '@imprest/testkit/projections';
import { Client } from 'pg';
import { test } from 'vitest';
import { migrations } from '../migrations/index.js';
import { writeAccepted, standingOf } from './inbox.js';

test('micro', async () => {
  const database = await createProjectionDatabase(migrations);
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const N = 1300;
  const t: Record<string, number[]> = {};
  const time = async (name: string, work: () => Promise<unknown>) => {
    const s = performance.now(); await work(); (t[name] ??= []).push(performance.now() - s);
  };
  for (let r = 0; r < 12; r += 1) {
    const steps = Array.from({ length: N }, (_, n) => ({ stream: `generation-req_01kf0abt7y8c9d1q5f6${String(r * N + n).padStart(8, '0')}`, revision: 2, position: BigInt(r * N + n + 1) }));
    await client.query('begin; set local synchronous_commit = off');
    const standing = await standingOf(client, 'generations', { position: '0', reached: '1', parked: 0 });
    await time('read', () => standing.revisions(steps.map(({ stream }) => stream)));
    await time('write new', () => writeAccepted(client, 'generations', { processed: steps }));
    await client.query('commit');
    const again = steps.map((s) => ({ ...s, revision: 3 }));
    await client.query('begin; set local synchronous_commit = off');
    await time('read known', () => standing.revisions(steps.map(({ stream }) => stream)));
    await time('write known', () => writeAccepted(client, 'generations', { processed: again }));
    await client.query('commit');
  }
  for (const [k, v] of Object.entries(t)) console.log(k, v.slice(2).sort((a, b) => a - b).map((x) => x.toFixed(1)).join(' '));
  const { rows } = await client.query(`explain (analyze, buffers) select stream, last_revision from read_models.inbox where consumer = 'generations' and stream = any((select array_agg(stream) from (select stream from read_models.inbox limit 1300) x)::text[])`);
  console.log(rows.map((r) => r['QUERY PLAN']).join('\n'));
  await client.end(); await database.drop();
}, 60_000);
