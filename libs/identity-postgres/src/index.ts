export { migrations } from './migrations.js';
export {
  PostgresIdentityStore,
  type PostgresIdentityStoreOptions,
} from './postgres-identity-store.js';
