import { formatTokens } from '../format/amount.ts';
import { formatDuration, formatUtc } from '../format/time.ts';

/** An event of `GET /v1/generations/{id}/timeline`: its kind, and the facts that such events have. */
export interface ToldEvent {
  readonly id: string;
  readonly at: string;
  readonly kind: string;
  readonly [fact: string]: unknown;
}

export type TimelineGroup = 'work' | 'tokens' | 'webhooks';
export type Tone = 'good' | 'bad' | 'busy' | 'plain';

export interface TimelineEntry {
  readonly id: string;
  readonly at: string;
  readonly group: TimelineGroup;
  readonly tone: Tone;
  readonly title: string;
  readonly detail: string;
  /** The webhook message that it is about. */
  readonly messageId: string | null;
  /** Another generation that it leads to. */
  readonly generationId: string | null;
}

interface Wording {
  readonly group: TimelineGroup;
  readonly title: string;
  readonly tone?: Tone;
}

const work = (title: string, tone: Tone = 'plain'): Wording => ({ group: 'work', title, tone });
const tokens = (title: string): Wording => ({ group: 'tokens', title });
const webhook = (title: string, tone: Tone = 'plain'): Wording => ({
  group: 'webhooks',
  title,
  tone,
});

const WORDINGS: Readonly<Record<string, Wording>> = {
  requested: work('Requested'),
  queued: work('Queued'),
  started: work('Started', 'busy'),
  attempt_started: work('Attempt begun', 'busy'),
  attempt_failed: work('Attempt failed', 'bad'),
  attempt_succeeded: work('Attempt succeeded', 'good'),
  image_stored: work('Image stored', 'good'),
  image_lost: work('Image lost by storage', 'bad'),
  image_withheld: work('Image withheld', 'bad'),
  succeeded: work('Succeeded', 'good'),
  failed: work('Failed', 'bad'),
  cancelled: work('Cancelled'),
  given_up: work('Given up', 'bad'),
  done_again: work('Done once more', 'busy'),
  deadline_missed: work('Deadline missed', 'bad'),
  work_stopped: work('Work stopped'),
  held: tokens('Tokens held'),
  settled: tokens('Tokens charged'),
  released: tokens('Tokens released'),
  refunded: tokens('Tokens refunded'),
  webhook_created: webhook('Webhook made'),
  webhook_attempted: webhook('Webhook attempted'),
  webhook_asked_again: webhook('Webhook asked for again'),
  webhook_withdrawn: webhook('Webhook withdrawn'),
  webhook_expired: webhook('Webhook expired', 'bad'),
};

const number = (value: unknown) => (typeof value === 'number' ? value : undefined);
const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
const amount = (label: string, value: unknown) =>
  number(value) === undefined ? undefined : `${label} ${formatTokens(number(value) ?? 0)}`;

function errorOf({ error }: ToldEvent): string | undefined {
  const { code, message } = (error ?? {}) as { code?: string; message?: string };
  return code === undefined ? undefined : [code, message].filter(Boolean).join(': ');
}

const lotsOf = ({ lots }: ToldEvent): string | undefined =>
  Array.isArray(lots) && lots.length > 0
    ? `${lots.length === 1 ? 'lot' : 'lots'} ${lots.map(({ lotId }) => lotId).join(', ')}`
    : undefined;

function pixelsOf({ width, height, mediaType }: ToldEvent): string | undefined {
  if (number(width) === undefined) return text(mediaType);
  return `${width}×${height} ${text(mediaType) ?? ''}`.trim();
}

const spanOf = (label: string, value: unknown) =>
  number(value) === undefined ? undefined : `${label} ${formatDuration(number(value) ?? 0)}`;

function detailOf(event: ToldEvent): string {
  const parts = [
    text(event.model),
    number(event.attempt) === undefined ? undefined : `attempt ${event.attempt}`,
    number(event.image) === undefined ? undefined : `image ${event.image}`,
    pixelsOf(event),
    amount('price', event.price),
    amount('held', event.held),
    amount('charged', event.charged),
    amount('returned', event.returned),
    lotsOf(event),
    text(event.event),
    text(event.outcome),
    number(event.status) === undefined ? undefined : `HTTP ${event.status}`,
    text(event.webhookError),
    spanOf('in', event.elapsedMs),
    spanOf('GPU', event.gpuMs),
    errorOf(event),
    text(event.retryAt) === undefined
      ? undefined
      : `again at ${formatUtc(text(event.retryAt) ?? '')}`,
    text(event.deadline),
  ];
  return parts.filter(Boolean).join(' · ');
}

const OUTCOME_TONES: Readonly<Record<string, Tone>> = {
  delivered: 'good',
  retry: 'busy',
  exhausted: 'bad',
  refused: 'bad',
};

/** An event in words. One of a kind that is not known is told by its kind. */
export function timelineEntry(event: ToldEvent): TimelineEntry {
  const { group, title, tone } = WORDINGS[event.kind] ?? work(event.kind.replaceAll('_', ' '));
  return {
    id: event.id,
    at: event.at,
    group,
    title,
    tone: OUTCOME_TONES[text(event.outcome) ?? ''] ?? tone ?? 'plain',
    detail: detailOf(event),
    messageId: text(event.messageId) ?? null,
    generationId: text(event.generationId) ?? null,
  };
}

/** The entries of one group, or all, as they happened. */
export function timelineOf(
  events: readonly ToldEvent[],
  group: TimelineGroup | 'all',
): TimelineEntry[] {
  const entries = events.map(timelineEntry);
  return group === 'all' ? entries : entries.filter((entry) => entry.group === group);
}
