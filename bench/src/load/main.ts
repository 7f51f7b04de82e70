import { serve } from '../harness/serve.js';
import { type LoadPlan, type LoadResult, runLoad } from './generator.js';
import { prebuiltRequests, type RequestTemplate } from './requests.js';

export interface LoadCommand {
  readonly plan: LoadPlan;
  readonly request: RequestTemplate;
  readonly keys: readonly string[];
}

export type LoadAnswer = { readonly ready: true } | LoadResult;

serve<LoadCommand, LoadAnswer>({ ready: true }, ({ plan, request, keys }) =>
  runLoad(plan, prebuiltRequests(request, keys)),
);
