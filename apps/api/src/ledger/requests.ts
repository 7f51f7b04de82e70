import { type JournalFormat, journalFormats } from '@imprest/ledger-exports';
import { IsIn, IsOptional, IsString, Matches } from 'class-validator';

const MONTH = /^[0-9]{4}-(0[1-9]|1[0-2])$/;

export class OwnStatementQuery {
  @IsString()
  @Matches(MONTH)
  month!: string;

  @IsOptional()
  @IsIn(['json', 'csv', 'pdf'])
  format?: 'json' | 'csv' | 'pdf';
}

export class OwnExportQuery {
  @IsIn(journalFormats)
  format!: JournalFormat;

  @IsOptional()
  @IsString()
  @Matches(MONTH)
  from?: string;

  @IsOptional()
  @IsString()
  @Matches(MONTH)
  to?: string;
}
