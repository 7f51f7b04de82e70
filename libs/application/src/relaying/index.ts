export * from './event-relay.js';
export * from './relay-lag.js';
export { type RelayPacing, RelayPositionMoved } from './relay-term.js';
