import pg from 'pg';

export const ROW_LOCK_SCHEMA = `
create table balances (account text primary key, available bigint not null, holds bigint not null);
create table holds (
  account text not null,
  number bigint not null,
  generation_id text not null,
  tokens bigint not null,
  data json not null,
  primary key (account, number)
);
create function hold(p_account text, p_generation text, p_tokens bigint, p_data json) returns boolean
language plpgsql as $$
declare
  hold_number bigint;
begin
  update balances set available = available - p_tokens, holds = holds + 1
   where account = p_account and available >= p_tokens returning holds into hold_number;
  if hold_number is null then
    return false;
  end if;
  insert into holds values (p_account, hold_number, p_generation, p_tokens, p_data);
  return true;
end $$`;

const CONNECTIONS = 16;
const DATA = JSON.stringify({ confidential: 'AbCdEfGhIjKlMnOp'.repeat(25), tokens: '10' });

/** How balances are usually guarded: the row's lock, held from the UPDATE to the commit. */
export class RowLockAccounts {
  private readonly pool: pg.Pool;

  constructor(connectionString: string) {
    this.pool = new pg.Pool({ connectionString, max: CONNECTIONS });
  }

  async open(account: string, tokens: bigint): Promise<void> {
    await this.pool.query('insert into balances values ($1, $2, 0)', [account, tokens]);
  }

  /** False when the balance does not suffice. */
  async hold(account: string, generationId: string, tokens: bigint): Promise<boolean> {
    const { rows } = await this.pool.query<{ accepted: boolean }>({
      name: 'hold',
      text: 'select hold($1, $2, $3, $4) as accepted',
      values: [account, generationId, tokens, DATA],
    });
    return rows[0]?.accepted === true;
  }
}
