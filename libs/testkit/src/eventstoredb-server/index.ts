export type { FaultSettings } from './faults.js';
export { EventStoreDbServerProcess } from './process/server-process.js';
export { EventStoreDbServer, type EventStoreDbServerOptions } from './server.js';
