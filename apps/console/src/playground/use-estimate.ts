import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answerOf, useTenantApi } from '../api/clients.ts';
import type { components } from '../api/openapi.ts';
import { useTenantId } from '../session/use-tenant.ts';
import { missingFields } from './form-field.ts';
import type { Model } from './model.ts';
import { listPrice } from './price.ts';
import { type Asked, requestOf } from './request.ts';

type GenerationRequest = components['schemas']['GenerationRequest'];

export interface Estimate {
  /** Tokens of one run; null while nobody knows. */
  readonly tokens: number | null;
  readonly source: 'asked' | 'list';
  readonly error: Error | null;
}

const TYPING_MS = 400;

/** What a run would hold: the native dialect has a route that says so, of the others the price list tells. */
export function useEstimate(asked: Asked, model: Model | null): Estimate {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const isNative = asked.dialect === 'xmode' && asked.model !== null;
  const isComplete = missingFields(asked.fields, asked.values).length === 0;
  const wanted = isNative && isComplete ? JSON.stringify(requestOf(asked, '').body) : '';
  const [body] = useDebouncedValue(wanted, TYPING_MS);
  const { data, error } = useQuery({
    queryKey: ['estimate', tenantId, body],
    queryFn: () =>
      answerOf(
        api.POST('/v1/generations/estimate', { body: JSON.parse(body) as GenerationRequest }),
      ),
    enabled: body !== '',
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (!isNative) {
    return { tokens: listPrice(asked.dialect, model, asked.values), source: 'list', error: null };
  }
  return { tokens: error || !isComplete ? null : (data?.xTokens ?? null), source: 'asked', error };
}
