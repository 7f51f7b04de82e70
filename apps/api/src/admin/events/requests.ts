import { DomainFailure } from '@imprest/application';
import { domainError } from '@imprest/domain';
import { catalogue, streamCategories } from '@imprest/event-catalogue';
import type { Sort } from '@imprest/read-models';
import { applyDecorators, Param } from '@nestjs/common';
import { IsIn, IsISO8601, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { CHOSEN_ID } from '../../http/id-patterns.js';
import { PageQuery, SortBy } from '../../http/page-query.js';

/** Ids of requests are the callers'. */
const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/;
const STREAM = /^[a-z][A-Za-z]{0,40}-[\x20-\x7e]{1,200}$/;
const EVENT = /^[\x21-\x7e][\x20-\x7e]{0,255}$/;

const Position = () => applyDecorators(IsOptional(), IsString(), Matches(/^[0-9]{1,18}$/));
const Time = () => applyDecorators(IsOptional(), IsISO8601({ strict: true }));
const Limit = () => applyDecorators(IsOptional(), IsString(), Matches(/^[0-9]{1,3}$/));

const checked = (name: string, pattern: RegExp, what: string) =>
  Param(name, {
    transform(value: string): string {
      if (pattern.test(value)) return value;
      throw new DomainFailure(domainError('not_found', `there is no such ${what}`));
    },
  });

export const PathStream = () => checked('stream', STREAM, 'stream');
export const PathEvent = () => checked('eventId', EVENT, 'event');
export const PathTrace = () => checked('traceId', REQUEST_ID, 'request');

export class StreamQuery {
  @Limit()
  limit?: string;

  @IsOptional()
  @IsString()
  @Matches(/^[0-9]{1,9}$/)
  from?: string;

  @IsOptional()
  @IsIn(['forwards', 'backwards'])
  direction?: 'forwards' | 'backwards';
}

export class EventSearchQuery {
  @Limit()
  limit?: string;

  @IsOptional()
  @IsIn(Object.keys(streamCategories))
  category?: string;

  @IsOptional()
  @IsIn(Object.keys(catalogue))
  type?: string;

  @IsOptional()
  @IsString()
  @Matches(CHOSEN_ID)
  tenantId?: string;

  @IsOptional()
  @IsString()
  @Matches(CHOSEN_ID)
  generationId?: string;

  @IsOptional()
  @IsString()
  @Matches(REQUEST_ID)
  correlationId?: string;

  @Time()
  since?: string;

  @Time()
  until?: string;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  text?: string;

  @Position()
  position?: string;
}

export class TraceQuery {
  @Time()
  since?: string;

  @Position()
  position?: string;
}

export class AuditQuery extends PageQuery {
  @SortBy('at')
  sort?: Sort<'at'>;

  @IsOptional()
  @IsString()
  @Matches(/^[A-Za-z0-9][A-Za-z0-9 ._@-]{0,99}$/)
  actor?: string;

  @IsOptional()
  @IsIn(Object.keys(catalogue))
  action?: string;

  @IsOptional()
  @IsIn(Object.keys(streamCategories))
  category?: string;

  @IsOptional()
  @IsString()
  @Matches(/^[\x21-\x7e][\x20-\x7e]{0,199}$/)
  target?: string;

  @IsOptional()
  @IsString()
  @Matches(CHOSEN_ID)
  tenantId?: string;

  @Time()
  since?: string;

  @Time()
  until?: string;
}
