import { type WebhookEventName, webhookEventNames } from '@imprest/domain';
import { IsOptional, IsString, Matches } from 'class-validator';
import { LongCursor, RowLimit } from '../http/page-query.js';

const one = webhookEventNames.map((name) => name.replace('.', '\\.')).join('|');
const TYPES = new RegExp(`^(${one})(,(${one})){0,${webhookEventNames.length - 1}}$`);

/** Where to begin, and what to tell. */
export class EventStreamQuery {
  @LongCursor()
  after?: string;

  @IsOptional()
  @IsString()
  @Matches(TYPES)
  types?: string;
}

export class EventsQuery extends EventStreamQuery {
  @RowLimit()
  limit?: string;

  /** Seconds. */
  @IsOptional()
  @IsString()
  @Matches(/^([12]?\d|30)$/)
  wait?: string;
}

export function namedTypes({ types }: EventStreamQuery): readonly WebhookEventName[] | undefined {
  return types?.split(',') as WebhookEventName[] | undefined;
}
