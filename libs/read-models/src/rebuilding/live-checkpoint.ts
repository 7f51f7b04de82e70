import type { Client } from 'pg';

const READ = 'select position from read_models.checkpoints where consumer = $1';
const ENTER =
  'insert into read_models.checkpoints (consumer, position) values ($1, 0) on conflict do nothing';
const MOVE = 'update read_models.checkpoints set position = $2 where consumer = $1';

/**
 * The checkpoint of a live projector. Its row is what the projector takes first for each batch, so while it is held
 * no batch is under way. A projector whose checkpoint was moved is refused once and goes on from there.
 */
export class LiveCheckpoint {
  constructor(
    private readonly client: Client,
    private readonly consumer: string,
  ) {}

  async read(): Promise<bigint> {
    return this.position(READ);
  }

  /** Held until the transaction of the caller ends. */
  async hold(): Promise<bigint> {
    await this.client.query(ENTER, [this.consumer]);
    return this.position(`${READ} for update`);
  }

  async move(position: bigint): Promise<void> {
    await this.client.query(MOVE, [this.consumer, position]);
  }

  private async position(statement: string): Promise<bigint> {
    const { rows } = await this.client.query<{ position: string }>(statement, [this.consumer]);
    return BigInt(rows[0]?.position ?? 0);
  }
}
