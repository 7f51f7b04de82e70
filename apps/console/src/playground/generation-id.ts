const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The id whose bytes stand in a UUID: 26 digits of Crockford's base 32. Undefined for what is no UUID. */
function idOfUuid(uuid: string): string | undefined {
  if (!UUID.test(uuid)) return undefined;
  let value = BigInt(`0x${uuid.replaceAll('-', '')}`) << 2n;
  let digits = '';
  for (let place = 0; place < 26; place += 1) {
    digits = DIGITS[Number(value & 31n)] + digits;
    value >>= 5n;
  }
  return `req_${digits}`;
}

/** Under which name each dialect tells the id of the work, and how it is read. */
const READERS: Readonly<Record<string, (id: string) => string | undefined>> = {
  requestId: (id) => id,
  generation_id: (id) => id,
  task_id: (id) => id.replace(/^task_/, 'req_'),
  job_id: idOfUuid,
};

/** Id of the generation that an answer is about, in whatever dialect it came. */
export function generationIdOf(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  for (const [name, read] of Object.entries(READERS)) {
    const id = (answer as Record<string, unknown>)[name];
    if (typeof id === 'string') return read(id);
  }
  return undefined;
}
