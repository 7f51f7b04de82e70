import { isMonth } from '@imprest/domain';
import { InvalidArgumentError, Option } from 'commander';

export function month(text: string): string {
  if (isMonth(text)) return text;
  throw new InvalidArgumentError('expected a month such as 2026-01.');
}

export function time(text: string): Date {
  const at = new Date(text);
  if (/^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(at.getTime())) return at;
  throw new InvalidArgumentError('expected an ISO 8601 date or time.');
}

export const tenantOption = () => new Option('--tenant <id>', 'of one tenant only');

export const asOfOption = () =>
  new Option('--as-of <time>', 'leave out what happened later').argParser(time);

export const knownAtOption = () =>
  new Option('--known-at <time>', 'leave out what became known later').argParser(time);
