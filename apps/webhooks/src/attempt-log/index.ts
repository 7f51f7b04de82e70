export { attemptContent, type SentRequest } from './attempt-content.js';
export { AttemptLog } from './attempt-log.js';
