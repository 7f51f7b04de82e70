import { IsString, MaxLength, MinLength } from 'class-validator';

export class TierBody {
  @IsString()
  @MinLength(1)
  @MaxLength(64)
  tier!: string;
}
