import { type Api, answerOf, useOperatorApi } from '../../api/clients.ts';
import type { components } from '../../api/openapi.ts';
import { ReasonAction } from '../../components/index.ts';
import {
  type DeadLetter,
  describeFilter,
  describeReport,
  type RedriveReport,
  redriveFilter,
} from '../../operations/dead-letters.ts';

type Redrive = components['schemas']['Redrive'];

const redriveCommand = (api: Api, which: Omit<Redrive, 'reason'>) => ({
  run: (reason: string) =>
    answerOf(api.POST('/admin/v1/dead-letters/redrive', { body: { ...which, reason } })),
  done: describeReport,
  touches: [['dead-letters']],
});

/** Does one dead letter once more. */
export function RedriveOne({ letter: { id, tenantId } }: { letter: DeadLetter }) {
  const api = useOperatorApi();
  return (
    <ReasonAction
      label="Redrive"
      title="Do it once more"
      explains={`A new request of ${tenantId ?? 'its tenant'}, at the first price and with a hold of its own. It costs the tenant.`}
      command={redriveCommand(api, { ids: [id] })}
    />
  );
}

interface RedriveChosenProps {
  readonly ids: readonly string[];
  readonly onDone: (report: RedriveReport) => void;
}

/** Does once more what was chosen, and tells what became of each. */
export function RedriveChosen({ ids, onDone }: RedriveChosenProps) {
  const api = useOperatorApi();
  const many = ids.length === 1 ? '1 dead letter' : `${ids.length} dead letters`;
  return (
    <ReasonAction
      label={`Redrive chosen (${ids.length})`}
      title={`Do ${many} once more`}
      explains="Each becomes a new request at its first price, with a hold of its own: it costs the tenants. One that is refused keeps none of the others."
      disabled={ids.length === 0}
      command={{ ...redriveCommand(api, { ids: [...ids] }), onDone }}
    />
  );
}

/** Does once more what the filters of the list say. */
export function RedriveMany({ filters }: { filters: Readonly<Record<string, string>> }) {
  const api = useOperatorApi();
  return (
    <ReasonAction
      label="Redrive what fits"
      title="Do them once more"
      explains={`Dead letters ${describeFilter(filters)} that were not redriven yet, the oldest 100 of them. Each becomes a new request at its first price, with a hold of its own: it costs the tenants.`}
      danger
      command={redriveCommand(api, redriveFilter(filters))}
    />
  );
}
