import { projectors, type TableProjector } from '@imprest/read-models';
import { UsageError } from '../terminal/run-cli.js';

/** @throws UsageError for a name that no projector has, or none at all */
export function chosenProjectors(
  names: readonly string[],
  { all }: { readonly all?: boolean },
): readonly TableProjector[] {
  if (all) return projectors;
  const known = projectors.map(({ name }) => name).join(', ');
  if (names.length === 0) throw new UsageError(`name a projection or use --all: ${known}`);
  return names.map((wanted) => {
    const found = projectors.find(({ name }) => name === wanted);
    if (found === undefined) throw new UsageError(`there is no projection ${wanted}: ${known}`);
    return found;
  });
}
