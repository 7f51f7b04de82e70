import { Child } from '../harness/child.js';
import type { Bench } from '../harness/experiment.js';
import { withClient } from '../postgres.js';
import { NAIVE_SCHEMA } from '../programs/naive-schema.js';
import { FLOOR_SCHEMA } from '../programs/row-batcher.js';
import type { MeasuredProgram } from './measured-program.js';

const ACCOUNTS = 1_000;
const PRICE = 10;
const BALANCE = 1_000_000_000;

const keys = Array.from({ length: ACCOUNTS }, (_, index) => `key-${index}`);

async function startServer(bench: Bench, program: string, connectionString?: string) {
  return Child.start<never, { port: number }>(program, {
    place: 'program',
    pinning: bench.pinning,
    env: connectionString === undefined ? {} : { DATABASE_URL: connectionString },
  });
}

async function number(connectionString: string, query: string): Promise<number> {
  return withClient(connectionString, async (client) => {
    const { rows } = await client.query<{ value: string }>(query);
    return Number(rows[0]?.value);
  });
}

/** Bare Fastify, the same JSON, one batched durable insert: what no service that keeps its word can beat by much. */
export async function startFloor(bench: Bench, connectionString: string): Promise<MeasuredProgram> {
  await withClient(connectionString, (client) => client.query(FLOOR_SCHEMA));
  const { child, first } = await startServer(bench, 'programs/floor', connectionString);
  return {
    port: first.port,
    keys,
    verify: async (answers) => {
      const rows = await number(connectionString, 'select count(*) as value from events');
      if (rows !== answers) throw new Error(`floor: ${answers} answers but ${rows} rows`);
    },
    cpuMs: () => child.cpuMs(),
    stop: () => child.stop(),
  };
}

/** The floor without its database: HTTP and JSON alone. */
export async function startBareHttp(bench: Bench): Promise<MeasuredProgram> {
  const { child, first } = await startServer(bench, 'programs/floor');
  return {
    port: first.port,
    keys,
    verify: async () => {},
    cpuMs: () => child.cpuMs(),
    stop: () => child.stop(),
  };
}

/** What a team writes first: Nest, ValidationPipe, one transaction a request on 16 connections. */
export async function startNaive(bench: Bench, connectionString: string): Promise<MeasuredProgram> {
  await withClient(connectionString, async (client) => {
    await client.query(NAIVE_SCHEMA);
    await client.query('insert into accounts select unnest($1::text[]), $2', [keys, BALANCE]);
  });
  const { child, first } = await startServer(bench, 'programs/naive', connectionString);
  return {
    port: first.port,
    keys,
    verify: async (answers) => {
      const query = `select sum(${BALANCE} - balance) / ${PRICE} as value from accounts`;
      const debits = await number(connectionString, query);
      if (debits !== answers) throw new Error(`naive: ${answers} answers but ${debits} debits`);
    },
    cpuMs: () => child.cpuMs(),
    stop: () => child.stop(),
  };
}
