import type { TopUpStatus } from '@imprest/domain';
import {
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';
import { CHOSEN_ID } from '../http/id-patterns.js';
import { CreatedPageQuery } from '../http/page-query.js';

export const topUpStatuses = [
  ...(['requested', 'open', 'pending', 'under_review', 'confirmed', 'credited'] as const),
  ...(['refused', 'expired', 'failed', 'refunded', 'disputed', 'charged_back'] as const),
] satisfies readonly TopUpStatus[];

const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const CURRENCY = /^[A-Z]{3}$/;
const AMOUNT = /^(0|[1-9][0-9]{0,12})(\.[0-9]{1,2})?$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it keeps out.
const PLAIN = /^[^\u0000-\u001f\u007f]+$/;
const MOST_TOKENS = 1_000_000_000_000;

export class OrderTopUpBody {
  @IsString()
  @Matches(NAME)
  package!: string;

  @IsString()
  @Matches(NAME)
  provider!: string;

  @IsOptional()
  @IsString()
  @Matches(CURRENCY)
  currency?: string;

  @IsOptional()
  @IsString()
  @MaxLength(2_048)
  @Matches(/^https:\/\/[^\s<>"\\]+$/)
  returnUrl?: string;
}

export class TopUpsQuery extends CreatedPageQuery {
  @IsOptional()
  @IsIn(topUpStatuses)
  status?: TopUpStatus;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  from?: string;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  to?: string;
}

export class AllTopUpsQuery extends TopUpsQuery {
  @IsOptional()
  @IsString()
  @Matches(CHOSEN_ID)
  tenantId?: string;

  @IsOptional()
  @IsString()
  @Matches(NAME)
  provider?: string;
}

export class ReceiptQuery {
  @IsOptional()
  @IsIn(['json', 'html', 'text'])
  format?: 'json' | 'html' | 'text';
}

export class BalanceAlertBody {
  @IsInt()
  @Min(1)
  @Max(MOST_TOKENS)
  threshold!: number;

  @IsString()
  @MaxLength(2_048)
  webhookUrl!: string;
}

/** A payment that an operator vouches for. */
export class ManualPaymentBody {
  @IsString()
  @Matches(AMOUNT)
  amount!: string;

  @IsString()
  @Matches(CURRENCY)
  currency!: string;

  /** Of the payment: the same one twice is one payment. */
  @IsString()
  @MinLength(1)
  @MaxLength(140)
  @Matches(PLAIN)
  reference!: string;

  @IsString()
  @MinLength(1)
  @MaxLength(500)
  reason!: string;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MOST_TOKENS)
  tokens?: number;
}

export class ReviewBody {
  @IsIn(['credit', 'refuse'])
  decision!: 'credit' | 'refuse';

  @IsString()
  @MinLength(1)
  @MaxLength(500)
  reason!: string;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MOST_TOKENS)
  tokens?: number;
}

export class RefundBody {
  @IsOptional()
  @IsString()
  @Matches(AMOUNT)
  amount?: string;

  @IsString()
  @MinLength(1)
  @MaxLength(500)
  reason!: string;

  /** Names the refund: the same one twice is one refund. */
  @IsOptional()
  @IsString()
  @Matches(CHOSEN_ID)
  refundId?: string;
}
