import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { tenantBase } from '../api/clients.ts';
import { send } from '../exchange/send.ts';
import { useTenantId } from '../session/use-tenant.ts';
import { seedField } from './form-field.ts';
import { type Asked, requestOf } from './request.ts';
import { changedRun, type Run, withRuns } from './run.ts';

/** The same request with each of the seeds; with its own one when there are none. */
function variants(
  asked: Asked,
  seeds: readonly number[],
): readonly (readonly [Asked, number | null])[] {
  const field = seedField(asked.fields);
  if (field === undefined || seeds.length === 0) return [[asked, null]];
  return seeds.map((seed) => [{ ...asked, values: { ...asked.values, [field.name]: seed } }, seed]);
}

/**
 * What was run while the page is shown. A request that had no answer keeps its idempotency key, so that it is paid for
 * once however often it is sent; whatever is asked for next gets another one.
 */
export function useRuns() {
  const base = tenantBase(useTenantId());
  const client = useQueryClient();
  const [runs, setRuns] = useState<readonly Run[]>([]);
  const [sending, setSending] = useState(0);
  const unanswered = useRef<{ readonly content: string; readonly key: string } | null>(null);

  async function perform(run: Run): Promise<boolean> {
    try {
      const answer = await send(base, run.request);
      setRuns((all) => changedRun(all, run.key, { answer }));
      return true;
    } catch (failure) {
      setRuns((all) => changedRun(all, run.key, { failure: failure as Error }));
      return false;
    }
  }

  async function start(asked: Asked, seeds: readonly number[] = []): Promise<void> {
    const content = JSON.stringify([asked.dialect, asked.kind, asked.model, asked.values, seeds]);
    const kept = unanswered.current;
    const key = kept?.content === content ? kept.key : crypto.randomUUID();
    unanswered.current = { content, key };
    const added = variants(asked, seeds).map(([each, seed], index): Run => {
      const own = index === 0 ? key : `${key}-${index}`;
      const request = requestOf(each, own);
      return { key: own, asked: each, request, seed, answer: null, failure: null };
    });
    setRuns((all) => withRuns(all, added));
    setSending((count) => count + 1);
    const answered = await Promise.all(added.map(perform));
    if (answered.every(Boolean) && unanswered.current?.key === key) unanswered.current = null;
    setSending((count) => count - 1);
    await client.invalidateQueries({ queryKey: ['balance'] });
  }

  return { runs, start, isSending: sending > 0 };
}
