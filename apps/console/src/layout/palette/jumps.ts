/** A page that a pasted text leads to. */
export interface Jump {
  readonly label: string;
  readonly to: string;
  readonly search?: Readonly<Record<string, string>>;
}

/** What the API has found by an id. */
export interface Found {
  readonly kind: string;
  readonly id: string;
  readonly name: string | null;
  /** Where the API tells of it. */
  readonly path: string;
}

/** Pages of a tenant that show what is found, by the beginning of the path that the API tells of it at. */
const PAGES: readonly (readonly [path: string, page: string])[] = [
  ['/v1/generations/', '/generations/'],
  ['/v1/characters/', '/characters/'],
  ['/v1/end-users/', '/end-users/'],
  ['/v1/webhook-endpoints/', '/webhooks/'],
  ['/v1/webhook-messages/', '/webhook-messages/'],
  ['/v1/references/', '/references/'],
  ['/v1/keys', '/keys'],
  ['/v1/members', '/members'],
  ['/v1/top-ups', '/top-ups'],
  ['/v1/ledger/lots', '/lots'],
];

/** Names the thing for people. */
export function labelOf({ kind, id, name }: Pick<Found, 'kind' | 'id' | 'name'>): string {
  return `${kind.replaceAll('_', ' ')}: ${name === null ? id : `${name} (${id})`}`;
}

/** The page of what was found in a tenant; undefined when it has none. */
export function jumpTo(tenantId: string, found: Found): Jump | undefined {
  const known = PAGES.find(([start]) => found.path.startsWith(start));
  if (known === undefined) return undefined;
  const [start, page] = known;
  const rest = page.endsWith('/') ? found.path.slice(start.length) : '';
  return { label: labelOf(found), to: `/t/${tenantId}${page}${rest}` };
}

/** Whether a text may be an id or an e-mail: words are looked for among the pages alone. */
export const mayBeId = (text: string): boolean =>
  text.length >= 6 && text.length <= 254 && /^\S+$/.test(text) && /[\d@]/.test(text);
