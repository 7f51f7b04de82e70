import { endOfDay } from './months.ts';

/** Filters of a page about the books as the API takes them: its days are ends of days. */
export function booksQuery(filters: Readonly<Record<string, string>>): Record<string, string> {
  const { asOf, knownAt, ...others } = filters;
  return {
    ...others,
    ...(asOf === undefined ? {} : { asOf: endOfDay(asOf) }),
    ...(knownAt === undefined ? {} : { knownAt: endOfDay(knownAt) }),
  };
}
