import { DomainFailure } from '@imprest/application';
import { domainError } from '@imprest/domain';
import { Param } from '@nestjs/common';
import { isEmail } from 'class-validator';

const ID = /^[A-Za-z0-9][A-Za-z0-9_]{0,63}$/;

const idPipe = {
  transform(value: string): string {
    if (ID.test(value)) return value;
    throw new DomainFailure(domainError('not_found', 'there is nothing under this id'));
  },
};

const emailPipe = {
  transform(value: string): string {
    if (value.length <= 254 && isEmail(value)) return value.toLowerCase();
    throw new DomainFailure(domainError('not_found', 'there is no such end user'));
  },
};

/** An id in the path. One that no id of ours can be is not found, whatever it is. */
export const PathId = (name: string) => Param(name, idPipe);

/** An end user's e-mail in the path, lowercased. */
export const PathEmail = (name: string) => Param(name, emailPipe);
