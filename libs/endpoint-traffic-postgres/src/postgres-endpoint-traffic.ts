import type {
  Attendance,
  Deliverer,
  EndpointCondition,
  EndpointHealth,
  EndpointTraffic,
  LinedMessage,
  PlaceInLine,
  WaitingBounds,
} from '@imprest/application';
import { afterFailure, closedBreaker, endpointBreakerRules } from '@imprest/domain';
import { Pool } from 'pg';
import * as statements from './statements.js';

export interface PostgresEndpointTrafficOptions {
  readonly connectionString: string;
  /** Told about lost connections; they are opened again by themselves. */
  readonly onTrouble?: (error: Error) => void;
}

interface MessageRow {
  readonly message_id: string;
  readonly endpoint_id: string;
  readonly tenant_id: string;
  readonly line: string | null;
  /** A bigint. */
  readonly sequence: string;
}

interface HealthRow {
  readonly failures: number;
  readonly windowSinceMs: number;
  readonly openings: number;
  readonly openUntilMs: number;
  readonly failingSinceMs: number | null;
}

type ConditionRow = HealthRow &
  Omit<EndpointCondition, keyof EndpointHealth> & { endpointId: string };

/** Rows that every process shares; the README says what a crash costs. */
export class PostgresEndpointTraffic implements EndpointTraffic {
  private readonly pool: Pool;
  private closing: Promise<void> | undefined;

  constructor({ connectionString, onTrouble = () => {} }: PostgresEndpointTrafficOptions) {
    this.pool = new Pool({
      connectionString,
      application_name: 'imprest endpoint traffic',
      max: 4,
      connectionTimeoutMillis: 5_000,
      query_timeout: 30_000,
    });
    this.pool.on('error', onTrouble);
    // The pool listens on idle clients only; between two statements of a transaction nobody would.
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  async join({ messageId, endpointId, tenantId, line }: LinedMessage): Promise<PlaceInLine> {
    const { rows } = await this.pool.query(statements.JOIN, [
      messageId,
      endpointId,
      tenantId,
      line,
    ]);
    const [{ place, is_its_turn: isItsTurn }] = rows;
    return { sequence: Number(place), isItsTurn };
  }

  async leave(messageIds: readonly string[]): Promise<readonly LinedMessage[]> {
    return (await this.messages(statements.LEAVE, [messageIds])).map(lined);
  }

  async waiting(endpointId: string, behind: number, limit: number) {
    const rows = await this.messages(statements.WAITING, [endpointId, behind, limit]);
    return rows.map((row) => ({ ...lined(row), sequence: Number(row.sequence) }));
  }

  async overdue(limit: number): Promise<readonly LinedMessage[]> {
    return (await this.messages(statements.OVERDUE, [limit])).map(lined);
  }

  async crowded({ beforeMs, most }: WaitingBounds) {
    type Crowded = Pick<LinedMessage, 'endpointId' | 'tenantId'>;
    return (await this.pool.query<Crowded>(statements.CROWDED, [beforeMs, most])).rows;
  }

  async overstaying(
    endpointId: string,
    { beforeMs, most }: WaitingBounds,
    limit: number,
  ): Promise<readonly LinedMessage[]> {
    const bounds = [endpointId, beforeMs, most, limit];
    return (await this.messages(statements.OVERSTAYING, bounds)).map(lined);
  }

  async health(endpointId: string): Promise<EndpointHealth> {
    const { rows } = await this.pool.query<HealthRow>(statements.HEALTH, [endpointId]);
    return toHealth(rows[0]);
  }

  async conditions(
    endpointIds: readonly string[],
  ): Promise<ReadonlyMap<string, EndpointCondition>> {
    const { rows } = await this.pool.query<ConditionRow>(statements.CONDITIONS, [endpointIds]);
    return new Map(
      rows.map(({ endpointId, waiting, waitingSinceMs, underWay, ...health }) => [
        endpointId,
        { ...toHealth(health), waiting, waitingSinceMs, underWay },
      ]),
    );
  }

  async failing(): Promise<number> {
    const { rows } = await this.pool.query<{ failing: number }>(statements.FAILING);
    return rows[0]?.failing ?? 0;
  }

  async failed(endpointId: string, nowMs: number): Promise<EndpointHealth> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      await client.query('begin');
      const { rows } = await client.query<HealthRow>(statements.LOCK_HEALTH, [endpointId]);
      const { breaker, failingSinceMs } = toHealth(rows[0]);
      const next = afterFailure(breaker, nowMs, endpointBreakerRules);
      const since = failingSinceMs ?? nowMs;
      const { failures, windowSinceMs, openings, openUntilMs } = next;
      const memory = [endpointId, failures, windowSinceMs, openings, openUntilMs, since, nowMs];
      await client.query(statements.KEEP_HEALTH, memory);
      await client.query('commit');
      return { breaker: next, failingSinceMs: since };
    } catch (error) {
      broken = error as Error;
      throw error;
    } finally {
      // A connection in the middle of a transaction is of no use to anybody else.
      client.release(broken);
    }
  }

  async succeeded(successes: ReadonlyMap<string, number>): Promise<void> {
    const told = [[...successes.keys()], [...successes.values()]];
    await this.pool.query(statements.FORGET_FAILURES, told);
  }

  async heal(endpointId: string): Promise<void> {
    await this.pool.query(statements.HEAL, [endpointId]);
  }

  async takeProbe(endpointId: string, nowMs: number, untilMs: number): Promise<boolean> {
    const { rowCount } = await this.pool.query(statements.TAKE_PROBE, [endpointId, nowMs, untilMs]);
    return rowCount === 1;
  }

  async pace(endpointId: string, perSecond: number, nowMs: number): Promise<number> {
    const { rows } = await this.pool.query<{ readonly wait: number }>(statements.PACE, [
      endpointId,
      1_000 / perSecond,
      nowMs,
    ]);
    return rows[0]?.wait ?? 0;
  }

  async attend({ id, makesRoomUpTo, underWay }: Attendance): Promise<readonly Deliverer[]> {
    const attendance = [id, makesRoomUpTo, underWay];
    return (await this.pool.query<Deliverer>(statements.ATTEND, attendance)).rows;
  }

  async depart(delivererId: string): Promise<void> {
    await this.pool.query(statements.DEPART, [delivererId]);
  }

  async forget(endpointId: string): Promise<readonly LinedMessage[]> {
    const waited = await this.messages(statements.FORGET_MESSAGES, [endpointId]);
    await this.pool.query(statements.FORGET_ENDPOINT, [endpointId]);
    return waited.map(lined);
  }

  close(): Promise<void> {
    this.closing ??= this.pool.end();
    return this.closing;
  }

  private async messages(text: string, values: unknown[]): Promise<readonly MessageRow[]> {
    return (await this.pool.query<MessageRow>(text, values)).rows;
  }
}

function lined(row: MessageRow): LinedMessage {
  const { message_id: messageId, endpoint_id: endpointId, tenant_id: tenantId, line } = row;
  return { messageId, endpointId, tenantId, line };
}

function toHealth(row: HealthRow | undefined): EndpointHealth {
  if (row === undefined) return { breaker: closedBreaker, failingSinceMs: null };
  const { failingSinceMs, ...breaker } = row;
  return { breaker, failingSinceMs };
}
