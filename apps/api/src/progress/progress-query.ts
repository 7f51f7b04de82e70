import { IsIn, IsOptional } from 'class-validator';

export class ProgressQuery {
  @IsOptional()
  @IsIn(['true', 'false'])
  previews?: 'true' | 'false';
}
