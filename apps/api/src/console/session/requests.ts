import { applyDecorators } from '@nestjs/common';
import { IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { ForPeople } from '../../http/name-for-people.js';

/** The use case says what a password must be; here it must only be bounded. */
const Password = () => applyDecorators(IsString(), MinLength(1), MaxLength(1_000));
const Email = () => applyDecorators(IsString(), MaxLength(254));
const Token = () => applyDecorators(IsString(), Matches(/^[A-Za-z0-9_-]{1,100}$/));

export class SignInBody {
  @Email()
  email!: string;

  @Password()
  password!: string;
}

export class SignUpBody extends SignInBody {
  @ForPeople()
  tenantName!: string;
}

export class LinkBody {
  @Token()
  token!: string;
}

export class InvitationBody extends LinkBody {
  @IsOptional()
  @Password()
  password?: string;
}

export class CodeBody {
  @IsString()
  @MaxLength(20)
  code!: string;
}

export class NewSecondFactorBody {
  @IsOptional()
  @Password()
  password?: string;
}

export class PasswordBody {
  @IsOptional()
  @Password()
  currentPassword?: string;

  @Password()
  newPassword!: string;
}
