import { userInfo } from 'node:os';
import { type CommandContext, newId, systemClock } from '@imprest/application';

/** Who works at this terminal: what they decide is on record under this name. */
export function operatorAtTerminal(): CommandContext {
  const id = newId('cli', systemClock.now().getTime());
  const actor = { kind: 'operator', id: `terminal:${userInfo().username}` } as const;
  return { correlationId: id, causationId: id, actor };
}
