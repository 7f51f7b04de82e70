export { migrations } from './migrations.js';
export { PostgresWorkQueue, type PostgresWorkQueueOptions } from './postgres-work-queue.js';
