export {
  type ToldPlace,
  WaitingReasons,
  type WaitingReasonsServices,
  type WhyAnswer,
} from './waiting-reasons.js';
export { type Waiting, type WaitingFacts, type WaitingReason, whyWaiting } from './why-waiting.js';
