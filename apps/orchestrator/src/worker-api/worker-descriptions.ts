import type { Operation, SchemaObject } from '@imprest/platform';

const tag = 'Workers';

/** Of a body that tells what a worker has loaded. */
export const residencyFields = {
  residency: {
    description:
      'Models that the worker has now: `provider`, `model` (the provider’s own name) and where it is, `at`; of a loaded one `gpuMs`, GPU time it was used since it was loaded, and `loadedMs`, time since it was loaded.',
  },
};

const session = { description: 'Made up by each process of a worker.' };

const standings = {
  active: 'it gets work',
  cordoned: 'it gets no new work',
  draining: 'it gets no new work and is to be taken away when it has finished',
};

const inWords = (states: Readonly<Record<string, string>>) =>
  `${Object.entries(states)
    .map(([state, meaning]) => `\`${state}\`: ${meaning}`)
    .join('; ')}.`;

const stateOf = (states: Readonly<Record<string, string>>): SchemaObject => ({
  enum: Object.keys(states),
  description: inWords(states),
});

const answer = (properties: Readonly<Record<string, SchemaObject>>): SchemaObject => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
});

export const workerOperations = {
  register: {
    id: 'registerWorker',
    tag,
    summary: 'Register a worker',
    description:
      'Says what the worker can do. Takes the place of whatever was registered under the name. Workers that never register get work as well, whatever models they have.',
    body: {
      name: 'WorkerRegistration',
      fields: {
        session,
        models: {
          description: 'Public names of the models it serves; all of its providers’ when absent.',
        },
        providers: { description: 'Providers it serves; all of its models’ when absent.' },
        vramBytes: { description: 'Memory of its GPUs.' },
        slots: { description: 'Jobs it does at once, of models that take one slot.' },
        labels: { description: 'Whatever tells it from others, for operators.' },
        version: { description: 'Of its software.' },
        ...residencyFields,
      },
      examples: {
        one: {
          summary: 'One GPU',
          value: {
            session: '5f0c1d',
            providers: ['simulator'],
            slots: 1,
            vramBytes: 25_769_803_776,
          },
        },
      },
    },
    answers: {
      200: {
        description: 'The worker is known.',
        schema: answer({
          state: stateOf(standings),
          heartbeatSeconds: {
            type: 'integer',
            description: 'Beat this often; gone after three missed.',
          },
        }),
        example: { state: 'active', heartbeatSeconds: 10 },
      },
    },
  },
  heartbeat: {
    id: 'beatWorker',
    tag,
    summary: 'Say that a worker lives',
    description:
      'Tells what it has loaded and which leases it holds. A lease of its session that it does not name ten seconds after it was handed out goes to others. Answered within about half a second, together with those of other workers.',
    body: {
      name: 'WorkerHeartbeat',
      fields: {
        session,
        held: { description: 'All leases that the worker knows it has.' },
        usedSlots: { description: 'Slots in use; as many as leases when absent.' },
        ...residencyFields,
      },
      examples: { idle: { summary: 'Nothing to do', value: { session: '5f0c1d', held: [] } } },
    },
    answers: {
      200: {
        description: 'What is to be done.',
        schema: answer({
          state: stateOf({
            ...standings,
            unknown: 'register again',
            replaced: 'another process has registered under the name',
          }),
        }),
        example: { state: 'active' },
      },
    },
  },
  leave: {
    id: 'leaveWork',
    tag,
    summary: 'Stop asking for work',
    description:
      'Ends the worker’s waits for work and gives back, at once, every lease of its session that it does not name: such an order was lost on its way. Safe to repeat.',
    body: {
      name: 'Leave',
      fields: {
        session,
        held: { description: 'All leases that the worker goes on with.' },
      },
      examples: { idle: { summary: 'With nothing left to do', value: { held: [] } } },
    },
    answers: { 204: { description: 'Nothing more comes.' } },
  },
} satisfies Record<string, Operation>;
