import type { RequestBody } from '@imprest/platform';

/** Of everything that is rotated. */
export const overlap: RequestBody = {
  name: 'Rotation',
  fields: {
    overlapSeconds: {
      default: 86_400,
      description: 'Seconds for which the old one goes on working, up to a week.',
    },
  },
  examples: { hour: { summary: 'An hour to change over', value: { overlapSeconds: 3_600 } } },
};
