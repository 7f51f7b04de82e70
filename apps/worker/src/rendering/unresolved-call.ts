import {
  type GenerationProvider,
  ProviderError,
  type RenderContext,
  type RenderRequest,
  type UnresolvedCall,
} from '@imprest/application';

/** Nobody knows yet what became of the call of an earlier attempt. */
export class CallStillUnresolved extends ProviderError {
  constructor(
    readonly attempt: number,
    options?: { cause?: unknown },
  ) {
    super('unknown', `nobody can tell what became of the call of attempt ${attempt}`, options);
  }
}

/**
 * Asks the provider for the call of an earlier attempt before anything is rendered again.
 * @returns whether it has handed over its images; if not, rendering makes them for the first time, or the operator
 * has chosen to pay for them twice
 * @throws CallStillUnresolved; ProviderError when the call has failed
 */
export async function resolveCall(
  provider: GenerationProvider,
  request: RenderRequest,
  context: RenderContext,
  { attempt, rendersAnyway }: UnresolvedCall,
): Promise<boolean> {
  const standing = await ask(provider, { ...request, attempt }, context);
  if (standing === 'rendered') return true;
  if (standing === 'absent' || rendersAnyway) return false;
  throw new CallStillUnresolved(attempt);
}

async function ask(provider: GenerationProvider, request: RenderRequest, context: RenderContext) {
  try {
    return (await provider.lookup?.(request, context)) ?? 'unknown';
  } catch (cause) {
    const isAnswer = !(cause instanceof ProviderError) || cause.failureClass !== 'unknown';
    throw isAnswer ? cause : new CallStillUnresolved(request.attempt, { cause });
  }
}
