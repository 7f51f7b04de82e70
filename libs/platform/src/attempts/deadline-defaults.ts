import { knownFields, mapping, wholeNumber } from '@imprest/data-files';
import { type DeadlineDefaults, MAX_DEADLINE_SECONDS } from '@imprest/domain';

const NAMES = ['startWithinSeconds', 'finishWithinSeconds'] as const;

/** What is said of deadlines here; what is not said is left to others. @throws DataFileError */
export function deadlineDefaults(value: unknown, where: string): Partial<DeadlineDefaults> {
  const said = Object.entries(knownFields(mapping(value, where), NAMES, `${where}.`));
  return Object.fromEntries(
    said.map(([name, value]) => [
      name,
      value === 'none' ? null : wholeNumber(value, `${where}.${name}`, 1, MAX_DEADLINE_SECONDS),
    ]),
  );
}
