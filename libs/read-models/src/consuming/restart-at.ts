import type { SqlTransaction } from '@imprest/application';

/**
 * For whoever puts other rows in the place of a projector's: they hold exactly what was recorded up to
 * `position`. What the projector had on record by stream is forgotten, parked streams included; it goes on
 * from the position, at once where a bus delivers by position and within a minute where it does not.
 */
export async function restartAt(
  sql: SqlTransaction,
  consumer: string,
  position: bigint,
): Promise<void> {
  await sql.query('delete from read_models.checkpoints where consumer = $1', [consumer]);
  await sql.query('insert into read_models.checkpoints (consumer, position) values ($1, $2)', [
    consumer,
    position,
  ]);
}
