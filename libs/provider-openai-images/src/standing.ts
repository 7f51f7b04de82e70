import type { ProviderStanding } from '@imprest/application';
import { type ProviderHttp, refusal } from '@imprest/provider-http';

const MOST_MODELS = 1_000;
/** What stable-diffusion.cpp calls whatever it has loaded. */
const ANY_MODEL = 'sd-cpp-local';

/**
 * What the server says of itself: `/health` where it has one, then the list of its models. A server that runs one model says
 * so only when it is loaded. @throws ProviderError when it does not answer or refuses the key
 */
export async function standingOf(
  http: ProviderHttp,
  signal: AbortSignal,
): Promise<ProviderStanding> {
  const health = await http.send({ method: 'GET', path: '/health', signal });
  await health.discard();
  if (health.status >= 500) {
    return {
      ready: false,
      detail: `it is not ready: /health answers ${health.status}`,
      models: [],
    };
  }
  const answer = await http.send({ method: 'GET', path: '/v1/models', signal });
  if (!answer.isSuccess) throw await refusal(answer);
  const { data } = ((await answer.json()) ?? {}) as { readonly data?: unknown };
  const listed = (Array.isArray(data) ? data : []).flatMap((model) =>
    typeof model?.id === 'string' ? [model.id as string] : [],
  );
  const ready = listed.length > 0;
  return {
    ready,
    detail: ready ? 'it answers' : 'it has no model',
    models: listed
      .filter((name) => name !== ANY_MODEL)
      .slice(0, MOST_MODELS)
      .map((name) => ({ name, loaded: true })),
  };
}
