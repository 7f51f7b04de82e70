export { migrations } from './migrations.js';
export {
  PostgresPreviewStore,
  type PostgresPreviewStoreOptions,
} from './postgres-preview-store.js';
