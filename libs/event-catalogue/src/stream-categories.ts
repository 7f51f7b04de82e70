export interface StreamCategory {
  /** What comes after the dash in the name of a stream, in words or as it is. */
  readonly id: string;
  readonly holds: string;
}

/** Every category of streams, for whoever reads them. */
export const streamCategories: Readonly<Record<string, StreamCategory>> = {
  tokenAccount: { id: '<tenant>', holds: 'The money of a tenant: lots, holds, settles, refunds.' },
  generation: {
    id: '<generation>',
    holds: 'One request from its acceptance to its outcome, and its erasure.',
  },
  job: { id: '<generation>', holds: 'The work on one request: leases, attempts, failures.' },
  modelBreaker: {
    id: '<model>',
    holds: 'Whether work of a model is handed out: openings, probes, closings.',
  },
  moderationCase: {
    id: '<case>',
    holds: 'What a person has to look at: opened, seen as it is, decided, looked at once more.',
  },
  worker: { id: '<worker>', holds: 'Decisions of operators about a worker: cordon, drain.' },
  operatorRun: {
    id: '<run>',
    holds:
      'Work of operators on the installation itself, with its reason and its end: rebuilds of what is read, verifications, seals by hand.',
  },
  tenant: { id: '<tenant>', holds: 'A tenant and its settings.' },
  tenantMembers: {
    id: '<tenant>',
    holds: 'Who may act for a tenant at the console, and in which role: invited, joined, removed.',
  },
  user: {
    id: '<user>',
    holds:
      'A person who signs in at the console: sign-ins, second factor, roles; no name, no address.',
  },
  apiKey: { id: '<key>', holds: 'An API key: issued, rotated, revoked.' },
  endUser: {
    id: '<end user>',
    holds: 'A pseudonym of a person: registered, blocked, refused, erased.',
  },
  character: {
    id: '<character>',
    holds: 'A fictional adult that pictures show: created, changed, its looks worked out, deleted.',
  },
  referenceConsent: {
    id: '<reference>',
    holds: 'Consent of whom an uploaded image shows: recorded, withdrawn, its texts erased.',
  },
  topUp: { id: '<top-up>', holds: 'A payment from its request to tokens, refunds and disputes.' },
  balanceAlert: {
    id: '<tenant>',
    holds: 'Below how many tokens a tenant wants to hear of it, and each time it came to that.',
  },
  webhookEndpoint: {
    id: '<tenant>',
    holds: 'The URLs at which a tenant wants to hear of what happens.',
  },
  webhookMessage: { id: '<message>', holds: 'A webhook message and each attempt to deliver it.' },
  webhookRecovery: {
    id: '<tenant>',
    holds: 'Webhook messages that are sent again together: asked for, how far it got, ended.',
  },
  ledgerSeal: { id: 'log', holds: 'The line of seals over all events, and the keys that sign it.' },
  accountingPeriod: { id: 'books', holds: 'Months of the books that are final.' },
  auditFinding: { id: '<finding>', holds: 'What a check of the books found, until it is gone.' },
  auditRun: { id: '<day>', holds: 'The nightly audit of a day: how much was looked at and found.' },
  consumer: {
    id: '<consumer>',
    holds: 'Events that a consumer could not process, and what staff did about them.',
  },
};

/** Of Kafka: one for each category. */
export function topicOf(category: string): string {
  return `imprest.${category}`;
}
