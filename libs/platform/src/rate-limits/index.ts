export { answerRateVerdict } from './rate-limit-headers.js';
export { loadRatePlan, parseRatePlan, type RatePlan } from './rate-plan.js';
export { RequestRates } from './request-rates.js';
