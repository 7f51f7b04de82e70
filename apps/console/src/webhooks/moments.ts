/** What an input of type datetime-local says, read as UTC: `2026-11-20T09:30` as an ISO 8601 time. */
export function utcOf(localInput: string): string | undefined {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(localInput)
    ? `${localInput.slice(0, 16)}:00Z`
    : undefined;
}

/** The other way. @param at moment @param hoursEarlier how long before it */
export const inputOf = (at: Date, hoursEarlier = 0): string =>
  new Date(at.getTime() - hoursEarlier * 3_600_000).toISOString().slice(0, 16);
