import { answerOf, useOperatorApi } from '../../api/clients.ts';
import { ReasonAction } from '../../components/index.ts';
import type { ModelState } from '../../operations/models.ts';

/** Gives a model work again. Absent while it gets some. */
export function CloseBreaker({ model: { model, breaker } }: { model: ModelState }) {
  const api = useOperatorApi();
  if (breaker === null || breaker.status === 'closed') return null;
  return (
    <ReasonAction
      label="Close"
      title={`Close the breaker of ${model}`}
      explains="The model gets work again at once. If it still fails the breaker opens anew."
      command={{
        run: (reason) => {
          const params = { path: { model } };
          const body = { reason };
          return answerOf(api.POST('/admin/v1/model-breakers/{model}/close', { params, body }));
        },
        done: `${model} gets work again.`,
        touches: [['models']],
      }}
    />
  );
}
