import type { Operation } from '@imprest/platform';

const tag = 'Workers';

export const workerOperations = {
  leave: {
    id: 'leaveWork',
    tag,
    summary: 'Stop asking for work',
    description:
      'Ends the worker’s waits for work and gives back, at once, every lease of its session that it does not name: such an order was lost on its way. Safe to repeat.',
    body: {
      name: 'Leave',
      fields: {
        session: { description: 'The one it asked for work with.' },
        held: { description: 'All leases that the worker goes on with.' },
        'held[].jobId': { description: 'Id of the job.' },
        'held[].fence': { description: 'Of the lease.' },
      },
      examples: { idle: { summary: 'With nothing left to do', value: { held: [] } } },
    },
    answers: { 204: { description: 'Nothing more comes.' } },
  },
} satisfies Record<string, Operation>;
