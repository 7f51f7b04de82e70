import { catalogue } from '@imprest/event-catalogue';

/** Every category of streams that the product writes. */
export const CATEGORIES: readonly string[] = [
  ...new Set(Object.values(catalogue).map(({ category }) => category)),
].sort();

export function topicName(prefix: string, category: string): string {
  return `${prefix}.${category}`;
}
