import { setTimeout as wait } from 'node:timers/promises';
import { type ProviderAnswer, type ProviderHttp, refusal } from '@imprest/provider-http';

export interface PredictionOrder {
  readonly id: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export interface BegunPrediction {
  readonly answer: ProviderAnswer;
  readonly isStream: boolean;
}

const [BUSY, NOT_STREAMING] = [409, 406];
const ASK_AGAIN_MS = 100;
const MOST_SCHEMA_BYTES = 4 * 1024 * 1024;
const STREAM = 'text/event-stream';

/** The routes of a Cog server (docs/http.md of Cog). Errors are of class ProviderError. */
export class CogApi {
  /** Only models that yield their outputs stream them; false once the server has said that this one does not. */
  private streams = true;

  constructor(
    private readonly http: ProviderHttp,
    private readonly busyMs: number,
  ) {}

  /**
   * Begins a prediction, and asks again for a while when all slots are busy: one that was cancelled leaves its slot a little later.
   * @returns the answer, of any status
   */
  async begin(order: PredictionOrder, signal: AbortSignal): Promise<BegunPrediction> {
    const until = performance.now() + this.busyMs;
    for (;;) {
      const begun = await this.ask(order, signal);
      const { status } = begun.answer;
      const mayAsk = performance.now() + ASK_AGAIN_MS < until;
      if (status !== NOT_STREAMING && (status !== BUSY || !mayAsk)) return begun;
      await begun.answer.discard();
      if (status === NOT_STREAMING) this.streams = false;
      else await wait(ASK_AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Both 200 and 404 say that it runs no more. @throws ProviderError for any other answer */
  async cancel(id: string, signal: AbortSignal): Promise<void> {
    const path = `/predictions/${id}/cancel`;
    const answer = await this.http.send({ method: 'POST', path, signal });
    if (!answer.isSuccess && answer.status !== 404) throw await refusal(answer);
    await answer.discard();
  }

  async health(signal: AbortSignal): Promise<unknown> {
    const answer = await this.http.send({ method: 'GET', path: '/health-check', signal });
    if (!answer.isSuccess) throw await refusal(answer);
    return answer.json();
  }

  /** Undefined while the server has none. */
  async schema(signal: AbortSignal): Promise<unknown> {
    const answer = await this.http.send({ method: 'GET', path: '/openapi.json', signal });
    if (answer.isSuccess) return answer.json(MOST_SCHEMA_BYTES);
    await answer.discard();
    return undefined;
  }

  private async ask({ id, input }: PredictionOrder, signal: AbortSignal): Promise<BegunPrediction> {
    const isStream = this.streams;
    const answer = await this.http.send({
      method: 'PUT',
      path: `/predictions/${id}`,
      headers: {
        'content-type': 'application/json',
        accept: isStream ? STREAM : 'application/json',
      },
      body: JSON.stringify({ input }),
      submits: true,
      signal,
    });
    return { answer, isStream };
  }
}
