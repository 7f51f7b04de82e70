import { Members, signInLinkPath, Users } from '@imprest/application';
import type { RunningProcess } from '@imprest/platform';
import { DEMO_TENANT } from './demo-tenant.js';

export interface ConsoleLink {
  readonly url: string;
  /** Signs in the operator, once and for some minutes; undefined when that account was disabled, or is not the operator’s. */
  readonly signInUrl: string | undefined;
}

const context = {
  correlationId: 'start',
  causationId: 'start',
  actor: { kind: 'system', id: 'start' },
} as const;

/** A way into the console, and into the demo tenant, for whoever started the product; a new one ends the one before. */
export async function consoleLink({
  application,
  infrastructure: { config },
  url,
}: RunningProcess): Promise<ConsoleLink | undefined> {
  if (!config.console.enabled) return undefined;
  const base = config.publicUrl ?? url;
  const link = await application.get(Users).firstOperatorLink(context);
  if (link !== undefined) {
    // Whose role in the demo tenant was changed keeps the one that was chosen.
    const members = application.get(Members);
    const joined = (await members.list(DEMO_TENANT)).some(({ userId }) => userId === link.userId);
    if (!joined) await members.add(DEMO_TENANT, link.userId, 'owner', context);
  }
  const signInUrl = link && `${base}${signInLinkPath(link.token)}`;
  return { url: `${base}/console`, signInUrl };
}
