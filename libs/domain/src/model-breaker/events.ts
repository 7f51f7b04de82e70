import type { DomainFact } from '../shared/decider.js';

/** Nobody is given work of the model until `probeAt`. */
export type ModelBreakerOpened = DomainFact<
  'ModelBreakerOpened',
  {
    readonly model: string;
    readonly reason: string;
    /** ISO 8601. */
    readonly probeAt: string;
  }
>;

/** One job of the model was handed out, to see. */
export type ModelBreakerProbed = DomainFact<
  'ModelBreakerProbed',
  {
    readonly jobId: string;
    readonly fence: number;
    /** When another may be handed out, should nothing be heard of this one. ISO 8601. */
    readonly until: string;
  }
>;

export type ModelBreakerClosed = DomainFact<'ModelBreakerClosed', { readonly reason: string }>;

export type ModelBreakerEvent = ModelBreakerOpened | ModelBreakerProbed | ModelBreakerClosed;
