export { migrations } from './migrations.js';
export {
  MasterKeyMismatch,
  PostgresDataKeys,
  type PostgresDataKeysOptions,
} from './postgres-data-keys.js';
