export { DirectMessageBus } from './direct-message-bus.js';
