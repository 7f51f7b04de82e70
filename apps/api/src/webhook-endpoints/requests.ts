import {
  type EndpointOrdering,
  type EndpointScheme,
  endpointBounds,
  endpointOrderings,
  endpointSchemes,
  type WebhookEventName,
  webhookEventNames,
} from '@imprest/domain';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';

const MOST_EVENTS = webhookEventNames.length;

class EndpointOptionsBody {
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_EVENTS)
  @IsIn(webhookEventNames, { each: true })
  events?: WebhookEventName[];

  /** Names and values are checked by the endpoint itself. */
  @IsOptional()
  @IsObject()
  headers?: Record<string, string>;

  @IsOptional()
  @IsIn(endpointOrderings)
  ordering?: EndpointOrdering;

  /** 0 for no limit. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(endpointBounds.perSecond)
  perSecond?: number;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(endpointBounds.concurrency)
  concurrency?: number;

  /** Empty for the usual ones. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(endpointBounds.retries)
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(endpointBounds.retryDelaySeconds, { each: true })
  retryDelays?: number[];
}

export class NewEndpointBody extends EndpointOptionsBody {
  @IsString()
  @MinLength(1)
  @MaxLength(2_048)
  url!: string;

  @IsOptional()
  @IsIn(endpointSchemes)
  scheme?: EndpointScheme;
}

export class EndpointChangesBody extends EndpointOptionsBody {
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(2_048)
  url?: string;
}
