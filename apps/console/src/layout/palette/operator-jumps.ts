import { type OperatorRole, operates, type SignedIn } from '../../session/session.ts';
import { type Jump, labelOf } from './jumps.ts';

/** What the API of operators has found by an id. */
export interface FoundAnywhere {
  readonly kind: string;
  readonly id: string;
  /** Null where it is no tenant's, or does not say. */
  readonly tenantId: string | null;
  readonly path: string;
}

type Area = Exclude<OperatorRole, 'owner'>;
type Page = readonly [
  area: Area,
  of: (found: FoundAnywhere) => Pick<Jump, 'to' | 'search'> & { readonly what?: string },
];

const STREAM_PATH = '/admin/v1/streams/';

const work: Page = [
  'operations',
  ({ id }) => ({ to: '/operations/events', search: { generationId: id }, what: 'Events of' }),
];
const wait: Page = [
  'operations',
  ({ id }) => ({ to: '/operations/waiting', search: { id }, what: 'The wait of' }),
];
const entries = (by: 'generationId' | 'lotId'): Page => [
  'finance',
  ({ id }) => ({ to: '/finance/entries', search: { [by]: id }, what: 'Entries of' }),
];
const at = (area: Area, to: string): Page => [area, () => ({ to })];
const below = (area: Area, to: string): Page => [
  area,
  ({ id }) => ({ to: `${to}/${encodeURIComponent(id)}` }),
];

/** Where operators look for what is of a kind, by area. What is missing is shown as its stream of events. */
const PAGES: Readonly<Record<string, readonly Page[]>> = {
  tenant: [below('operations', '/operations/tenants')],
  generation: [work, wait, entries('generationId')],
  lot: [entries('lotId')],
  top_up: [below('finance', '/finance/top-ups')],
  user: [at('operations', '/operations/users')],
  worker: [at('operations', '/operations/workers')],
  model: [at('operations', '/operations/models')],
  consumer: [at('operations', '/operations/parked')],
  parked: [at('operations', '/operations/parked')],
  run: [at('operations', '/operations/projections')],
  seal: [at('finance', '/finance/seals')],
  finding: [at('finance', '/finance/findings')],
  moderation_case: [below('moderation', '/moderation/cases')],
  event: [below('operations', '/operations/events')],
  request: [['operations', ({ id }) => ({ to: '/operations/traces', search: { id } })]],
};

const stream: Page = [
  'operations',
  ({ path }) => ({
    to: '/operations/events',
    search: { stream: decodeURIComponent(path.slice(STREAM_PATH.length)) },
    what: 'Events of',
  }),
];

/** Pages of the operator's desk for what was found, those of the user's areas alone. */
export function operatorJumps(session: SignedIn, found: FoundAnywhere): Jump[] {
  const { kind, id, tenantId, path } = found;
  const pages = PAGES[kind] ?? (path.startsWith(STREAM_PATH) ? [stream] : []);
  const name = labelOf({ kind, id, name: null }) + (tenantId === null ? '' : ` of ${tenantId}`);
  return pages
    .filter(([area]) => operates(session, area))
    .map(([, of]) => {
      const { what, ...page } = of(found);
      return { ...page, label: what === undefined ? name : `${what} ${name}` };
    });
}
