import { signInLinkPath, Users } from '@imprest/application';
import type { RunningProcess } from '@imprest/platform';

export interface ConsoleLink {
  readonly url: string;
  /** Signs in the operator, once and for some minutes; undefined when that account was disabled. */
  readonly signInUrl: string | undefined;
}

const context = {
  correlationId: 'start',
  causationId: 'start',
  actor: { kind: 'system', id: 'start' },
} as const;

/** A way into the console for whoever started the product; a new one ends the one before. */
export async function consoleLink({
  application,
  infrastructure: { config },
  url,
}: RunningProcess): Promise<ConsoleLink | undefined> {
  if (!config.console.enabled) return undefined;
  const base = config.publicUrl ?? url;
  const link = await application.get(Users).firstOperatorLink(context);
  const signInUrl = link && `${base}${signInLinkPath(link.token)}`;
  return { url: `${base}/console`, signInUrl };
}
