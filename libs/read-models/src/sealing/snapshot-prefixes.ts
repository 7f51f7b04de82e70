import type { DataSource } from 'typeorm';

const ATTEST = `
  update read_models.snapshots as snapshot set prefix_hash = entry.leaf
  from ledger.entries as entry
  where snapshot.prefix_hash is null and snapshot.stream like 'tokenAccount-%'
    and entry.tenant_id = substr(snapshot.stream, 14) and entry.revision = snapshot.revision`;

/**
 * Lets every snapshot of a token account name the prefix of the stream that it replaces, by the chain up
 * to its last event. The journal has that chain already, so nothing is hashed, and nothing waits for it:
 * a snapshot without a prefix is one that the journal has not come to yet.
 */
export async function namePrefixesOfSnapshots(
  dataSource: Pick<DataSource, 'query'>,
): Promise<void> {
  await dataSource.query(ATTEST);
}
