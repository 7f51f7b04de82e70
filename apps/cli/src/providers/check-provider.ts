import { deadline, type GenerationProvider, type ModelCatalogue } from '@imprest/application';
import { openProviders, type ProviderEntry, type ProviderServices } from '@imprest/platform';

export interface ProviderCheck {
  readonly name: string;
  readonly kind: string;
  readonly ok: boolean;
  readonly detail: string;
  /** What the server lists, by its own names. */
  readonly models: readonly { readonly name: string; readonly loaded: boolean }[];
  /** What is wrong, one sentence each. */
  readonly problems: readonly string[];
  readonly elapsedMs: number;
}

export interface CheckOptions {
  readonly services: ProviderServices;
  /** The operator's own, when there are some. */
  readonly catalogue: ModelCatalogue | undefined;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

const BUILT_IN = { ready: true, detail: 'it is built in', models: [] };

/** Opens one provider, asks its server how it stands, and compares its models with those that are sold. Never throws. */
export async function checkProvider(
  entry: ProviderEntry,
  options: CheckOptions,
): Promise<ProviderCheck> {
  const startedAt = performance.now();
  const { name, kind } = entry;
  const { standing, problem } = await standingOf(entry, options);
  const missing = problem === undefined ? missingModels(name, standing.models, options) : [];
  const problems = problem === undefined ? missing : [problem];
  return {
    ...{ name, kind, ok: problems.length === 0, detail: standing.detail, models: standing.models },
    ...{ problems, elapsedMs: Math.round(performance.now() - startedAt) },
  };
}

async function standingOf(entry: ProviderEntry, { services, timeoutMs, signal }: CheckOptions) {
  const limit = deadline(timeoutMs, signal);
  let provider: GenerationProvider | undefined;
  try {
    provider = (await openProviders([entry], services)).get(entry.name);
    const standing = (await provider?.standing?.(limit.signal)) ?? BUILT_IN;
    return { standing, ...(!standing.ready && { problem: standing.detail }) };
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const late = limit.signal.aborted && !signal.aborted;
    const problem = late ? `no answer within ${timeoutMs / 1_000} seconds` : said;
    return { standing: { ...BUILT_IN, detail: 'it cannot be used' }, problem };
  } finally {
    limit.end();
    await provider?.close();
  }
}

/** A server that lists no models says nothing about them. */
function missingModels(
  provider: string,
  listed: ProviderCheck['models'],
  { catalogue }: CheckOptions,
): readonly string[] {
  if (catalogue === undefined || listed.length === 0) return [];
  return catalogue.aliases.flatMap((alias) => {
    const model = catalogue.resolve(alias);
    if (model?.provider !== provider) return [];
    const asked = model.providerModel;
    if (listed.some(({ name }) => name === asked)) return [];
    return [`model ${alias} asks for ${asked}, which the server does not list`];
  });
}
