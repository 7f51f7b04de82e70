import { webhookEventNames } from '@imprest/domain';
import { IsOptional, IsString, Matches } from 'class-validator';
import { LongCursor, RowLimit } from '../http/page-query.js';

const one = webhookEventNames.map((name) => name.replace('.', '\\.')).join('|');
const TYPES = new RegExp(`^(${one})(,(${one})){0,${webhookEventNames.length - 1}}$`);

export class EventsQuery {
  @LongCursor()
  after?: string;

  @RowLimit()
  limit?: string;

  @IsOptional()
  @IsString()
  @Matches(TYPES)
  types?: string;

  /** Seconds. */
  @IsOptional()
  @IsString()
  @Matches(/^([12]?\d|30)$/)
  wait?: string;
}
