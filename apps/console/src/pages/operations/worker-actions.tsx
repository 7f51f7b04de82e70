import { Group } from '@mantine/core';
import { answerOf, useOperatorApi } from '../../api/clients.ts';
import { ReasonAction } from '../../components/index.ts';
import type { Worker } from '../../operations/workers.ts';

const ACTIONS = {
  cordon: {
    label: 'Cordon',
    explains: 'It gets no new work. What it has it finishes; uncordon it to give it work again.',
    done: 'gets no new work.',
  },
  drain: {
    label: 'Drain',
    explains:
      'It gets no new work and hears so at its next beat, to be taken away once it has finished.',
    done: 'finishes what it has.',
  },
  uncordon: {
    label: 'Uncordon',
    explains: 'It gets work again.',
    done: 'gets work again.',
  },
} as const;

type Action = keyof typeof ACTIONS;

const POSSIBLE: Readonly<Record<Worker['state'], readonly Action[]>> = {
  active: ['cordon', 'drain'],
  cordoned: ['uncordon', 'drain'],
  draining: ['uncordon'],
  gone: [],
};

/** What can be done with a worker in the state it is in. */
export function WorkerActions({ worker: { id, state } }: { worker: Worker }) {
  const api = useOperatorApi();
  return (
    <Group gap="xs" wrap="nowrap">
      {POSSIBLE[state].map((action) => {
        const { label, explains, done } = ACTIONS[action];
        return (
          <ReasonAction
            key={action}
            label={label}
            title={`${label} ${id}`}
            explains={explains}
            command={{
              run: (reason) =>
                answerOf(
                  api.POST(`/admin/v1/workers/{workerId}/${action}`, {
                    params: { path: { workerId: id } },
                    body: { reason },
                  }),
                ),
              done: `${id} ${done}`,
              touches: [['workers']],
            }}
          />
        );
      })}
    </Group>
  );
}
