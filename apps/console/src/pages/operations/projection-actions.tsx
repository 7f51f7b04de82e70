import { Button } from '@mantine/core';
import { answerOf, useOperatorApi } from '../../api/clients.ts';
import { useCommand } from '../../api/use-command.ts';
import { ErrorNotice, ReasonAction } from '../../components/index.ts';
import { possibleActions, type RebuildState } from '../../operations/rebuild.ts';

const touches = [['projections']];

function Compare({ projection }: { projection: string }) {
  const api = useOperatorApi();
  const compare = useCommand({
    run: (name: string) => {
      const params = { path: { projection: name } };
      return answerOf(api.POST('/admin/v1/projections/{projection}/diff', { params }));
    },
    done: ({ state }) => (state === 'finished' ? 'They are compared.' : 'It takes a while longer.'),
    touches,
  });
  return (
    <>
      <Button
        size="xs"
        variant="default"
        loading={compare.isPending}
        onClick={() => compare.mutate(projection)}
      >
        Compare
      </Button>
      <ErrorNotice error={compare.error} />
    </>
  );
}

function Drop({ projection }: { projection: string }) {
  const api = useOperatorApi();
  return (
    <ReasonAction
      label="Drop"
      title={`Drop what is beside ${projection}`}
      explains="A build that is under way ends. The live tables stay as they are; those beside them are gone."
      danger
      command={{
        run: (reason) => {
          const params = { path: { projection } };
          const body = { reason };
          return api.DELETE('/admin/v1/projections/{projection}/rebuild', { params, body });
        },
        done: 'Nothing is beside the live tables any more.',
        touches,
      }}
    />
  );
}

const EXCHANGES = {
  switch: {
    path: '/admin/v1/projections/{projection}/switch',
    label: 'Switch',
    explains:
      'The rebuilt tables take the place of the live ones within milliseconds. Those are kept, to be put back.',
    done: 'The rebuilt tables are live.',
  },
  rollBack: {
    path: '/admin/v1/projections/{projection}/rollback',
    label: 'Roll back',
    explains: 'The tables that the last switch replaced are brought up to date and put back.',
    done: 'The tables of before are live again.',
  },
} as const;

function Exchange({ projection, kind }: { projection: string; kind: keyof typeof EXCHANGES }) {
  const api = useOperatorApi();
  const { path, label, explains, done } = EXCHANGES[kind];
  return (
    <ReasonAction
      label={label}
      title={`${label}: ${projection}`}
      explains={explains}
      command={{
        run: (reason) =>
          answerOf(api.POST(path, { params: { path: { projection } }, body: { reason } })),
        done,
        touches,
      }}
    />
  );
}

function Build({ projection, label }: { projection: string; label: string }) {
  const api = useOperatorApi();
  return (
    <ReasonAction
      label={label}
      title={`${label}: ${projection}`}
      explains="It is built beside the live tables, in the background; readers and the live projection are not touched."
      command={{
        run: (reason) => {
          const params = { path: { projection } };
          const body = { reason };
          return answerOf(api.POST('/admin/v1/projections/{projection}/rebuild', { params, body }));
        },
        done: 'The rebuild has begun.',
        touches,
      }}
    />
  );
}

/** What can be done with a projection as it stands. */
export function ProjectionActions({ state }: { state: RebuildState }) {
  const { projection } = state;
  const actions = new Set(possibleActions(state));
  return (
    <>
      {actions.has('rebuild') && <Build projection={projection} label="Rebuild" />}
      {actions.has('goOn') && <Build projection={projection} label="Go on" />}
      {actions.has('compare') && <Compare projection={projection} />}
      {actions.has('switch') && <Exchange projection={projection} kind="switch" />}
      {actions.has('rollBack') && <Exchange projection={projection} kind="rollBack" />}
      {actions.has('drop') && <Drop projection={projection} />}
    </>
  );
}
