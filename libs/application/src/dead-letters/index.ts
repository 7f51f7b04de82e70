export {
  RedriveDeadLetter,
  RedriveDeadLetterHandler,
  type RedrivenGeneration,
} from './redrive-dead-letter.js';
export { RedriveInBulk, type RedriveReport, type RefusedRedrive } from './redrive-in-bulk.js';
export { RedrivePermission } from './redrive-permission.js';
