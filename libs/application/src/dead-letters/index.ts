export {
  DeadLetterRedrive,
  type RedriveDeadLetter,
  type RedrivenGeneration,
} from './redrive-dead-letter.js';
export { RedriveInBulk, type RedriveReport, type RefusedRedrive } from './redrive-in-bulk.js';
export { RedrivePermission } from './redrive-permission.js';
