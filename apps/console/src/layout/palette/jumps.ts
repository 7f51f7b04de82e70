import { type OperatorRole, operates, type SignedIn } from '../../session/session.ts';

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

/** The page of what was found in a tenant; undefined when it has none. */
export function jumpTo(tenantId: string, { kind, id, name, path }: Found): Jump | undefined {
  const known = PAGES.find(([start]) => path.startsWith(start));
  if (known === undefined) return undefined;
  const [start, page] = known;
  const rest = page.endsWith('/') ? path.slice(start.length) : '';
  const label = `${kind.replaceAll('_', ' ')}: ${name === null ? id : `${name} (${id})`}`;
  return { label, to: `/t/${tenantId}${page}${rest}` };
}

interface OperatorPage {
  readonly area: Exclude<OperatorRole, 'owner'>;
  readonly spelled: RegExp;
  readonly jump: (id: string) => Jump;
}

/** Where operators look for what goes by such an id. */
const OPERATOR_PAGES: readonly OperatorPage[] = [
  {
    area: 'operations',
    spelled: /^req_[0-9a-z]{26}$/,
    jump: (id) => ({ label: `Why ${id} waits`, to: '/operations/waiting', search: { id } }),
  },
  {
    area: 'finance',
    spelled: /^req_[0-9a-z]{26}$/,
    jump: (id) => ({
      label: `Entries of ${id}`,
      to: '/finance/entries',
      search: { generationId: id },
    }),
  },
  {
    area: 'finance',
    spelled: /^top_[0-9a-z]{26}$/,
    jump: (id) => ({ label: `Top-up ${id}`, to: `/finance/top-ups/${id}` }),
  },
  {
    area: 'moderation',
    spelled: /^case_[0-9a-z]{26}$/,
    jump: (id) => ({ label: `Case ${id}`, to: `/moderation/cases/${id}` }),
  },
];

/** Pages of the operator's desk for an id, told by how it is spelled. */
export function operatorJumps(session: SignedIn, text: string): Jump[] {
  return OPERATOR_PAGES.filter(
    ({ area, spelled }) => operates(session, area) && spelled.test(text),
  ).map(({ jump }) => jump(text));
}

/** Whether a text may be an id or an e-mail: words are looked for among the pages alone. */
export const mayBeId = (text: string): boolean =>
  text.length >= 6 && text.length <= 254 && /^\S+$/.test(text) && /[\d@]/.test(text);
