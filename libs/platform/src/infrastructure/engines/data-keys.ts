import { MasterKeyMismatch, PostgresDataKeys } from '@imprest/data-keys-postgres';
import { ConfigError } from '../../config/index.js';

/** @throws ConfigError when the database was filled under another master key */
export async function openDataKeys(
  connectionString: string,
  masterKey: Uint8Array,
): Promise<PostgresDataKeys> {
  try {
    return await PostgresDataKeys.connect({ connectionString, masterKey });
  } catch (error) {
    if (!(error instanceof MasterKeyMismatch)) throw error;
    throw new ConfigError([
      'IMPREST_MASTER_KEY is not the one that this database was filled under: set that one, or let the process have the IMPREST_DATA_DIR whose secrets/master-key it is in',
    ]);
  }
}
