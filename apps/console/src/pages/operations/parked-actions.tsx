import { Group } from '@mantine/core';
import { answerOf, useOperatorApi } from '../../api/clients.ts';
import type { components } from '../../api/openapi.ts';
import { ReasonAction } from '../../components/index.ts';

export type ParkedStream = components['schemas']['ParkedStream'];

/** Tries the event again, or has a reactor do without it. */
export function ParkedActions({ parked }: { parked: ParkedStream }) {
  const api = useOperatorApi();
  const { id, consumer, eventType, kind } = parked;
  const params = { path: { parkedId: id } };
  const touches = [['parked']];
  return (
    <Group gap="xs" wrap="nowrap">
      <ReasonAction
        label="Retry"
        title={`Try ${eventType} again`}
        explains={`${consumer} tries the event again. When it succeeds everything that waits follows in order; when it fails the stream stays parked.`}
        command={{
          run: (reason) =>
            answerOf(api.POST('/admin/v1/parked/{parkedId}/retry', { params, body: { reason } })),
          done: 'It is tried again.',
          touches,
        }}
      />
      {kind === 'reactor' && (
        <ReasonAction
          label="Skip"
          title={`Do without ${eventType}`}
          explains={`${consumer} never acts on this event; what follows in the stream goes on. Make sure that what it would have done is done, or is not needed.`}
          danger
          command={{
            run: (reason) =>
              answerOf(api.POST('/admin/v1/parked/{parkedId}/skip', { params, body: { reason } })),
            done: 'The event is skipped.',
            touches,
          }}
        />
      )}
    </Group>
  );
}
