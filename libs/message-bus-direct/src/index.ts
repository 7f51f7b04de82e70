export { DirectMessageBus } from './direct-message-bus.js';
export { type ExclusiveLock, ExclusiveLocks } from './exclusive-locks.js';
