import type { DataSource } from 'typeorm';

/** Requests accepted in a minute, on average over each of these times. */
export interface AcceptRate {
  readonly now: number;
  readonly fiveMinutes: number;
  readonly hour: number;
}

/** Webhook messages of the last hour that have come to an end. */
export interface SettledDeliveries {
  readonly delivered: number;
  readonly failed: number;
}

export interface DeadLetterCount {
  /** Not redriven yet. */
  readonly waiting: number;
  readonly lastDay: number;
}

export interface OpenFindings {
  readonly check: string;
  readonly source: 'invariant' | 'reconciliation' | 'audit';
  readonly open: number;
}

const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;
/** Nobody acts differently on more, and a count that ends is a count that stays cheap. */
const MOST = 10_000;

const ACCEPTED = `
  select minute, accepted from read_models.accepted_minutes where minute >= $1 order by minute`;
const SETTLED = `
  select count(*) filter (where status = 'delivered')::int as delivered,
         count(*) filter (where status in ('exhausted', 'refused', 'expired'))::int as failed
  from (
    select status from read_models.webhook_messages
    where created_at >= $1 order by created_at desc limit ${MOST}
  ) as recent`;
const LETTERS = `
  select (select count(*)::int from (
            select from read_models.dead_letters where redriven_as is null limit ${MOST}) as waiting) as waiting,
         (select count(*)::int from (
            select from read_models.dead_letters where dead_lettered_at >= $1 limit ${MOST}) as late) as "lastDay"`;
const FINDINGS = `
  select check_name as check, source, count(*)::int as open from ledger.findings
  where resolved_at is null group by 1, 2 order by open desc, 1 limit 100`;

/** Numbers about the installation as a whole, each with a bound on what it costs to know. */
export class ControlRoomQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** @param now the minute that is not over counts with the rest of a minute from the one before */
  async accepted(now: Date): Promise<AcceptRate> {
    const nowMs = now.getTime();
    const since = new Date(nowMs - HOUR_MINUTES * MINUTE_MS).toISOString();
    const rows: { minute: string; accepted: number }[] = await this.dataSource.query(ACCEPTED, [
      since,
    ]);
    const within = (minutes: number) => {
      const from = nowMs - minutes * MINUTE_MS;
      const counted = rows.map(({ minute, accepted }) => {
        const start = Date.parse(minute);
        const known = Math.min(MINUTE_MS, Math.max(nowMs - start, 1));
        const part = Math.min(1, Math.max(0, (start + known - from) / known));
        return accepted * part;
      });
      return round(counted.reduce((sum, each) => sum + each, 0) / minutes);
    };
    return { now: within(1), fiveMinutes: within(5), hour: within(HOUR_MINUTES) };
  }

  /** Of the 10,000 newest messages of the last hour at most. */
  async settledDeliveries(now: Date): Promise<SettledDeliveries> {
    const since = new Date(now.getTime() - HOUR_MINUTES * MINUTE_MS);
    const [row] = await this.dataSource.query<SettledDeliveries[]>(SETTLED, [since]);
    return row as SettledDeliveries;
  }

  /** Each is 10,000 at most. */
  async deadLetters(now: Date): Promise<DeadLetterCount> {
    const since = new Date(now.getTime() - 24 * HOUR_MINUTES * MINUTE_MS);
    const [row] = await this.dataSource.query<DeadLetterCount[]>(LETTERS, [since]);
    return row as DeadLetterCount;
  }

  openFindings(): Promise<readonly OpenFindings[]> {
    return this.dataSource.query(FINDINGS);
  }
}

const round = (rate: number) => Math.round(rate * 100) / 100;
