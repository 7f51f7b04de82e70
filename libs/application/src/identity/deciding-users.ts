import type { DomainEvent, TenantMembersCommand, UserCommand } from '@imprest/domain';
import type { CommandContext, Origin } from '../command-context.js';
import type { DeciderRunner } from '../deciding/decider-runner.js';
import type { StreamType } from '../deciding/stream-type.js';
import { tenantMembersStream, userStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';

async function decided<Command, State, Event extends DomainEvent>(
  runner: DeciderRunner,
  stream: StreamType<Command, State, Event>,
  id: string,
  command: Command,
  context: CommandContext,
): Promise<void> {
  const result = await runner.run(stream, id, command, context);
  if (result.kind === 'rejected') throw new DomainFailure(result.error);
}

/** @throws DomainFailure what the decider refuses */
export const decideUser = (
  runner: DeciderRunner,
  userId: string,
  command: UserCommand,
  context: CommandContext,
): Promise<void> => decided(runner, userStream, userId, command, context);

/** @throws DomainFailure what the decider refuses */
export const decideMembers = (
  runner: DeciderRunner,
  tenantId: string,
  command: TenantMembersCommand,
  context: CommandContext,
): Promise<void> => decided(runner, tenantMembersStream, tenantId, command, context);

/** Of what people do for themselves. */
export function asUser({ correlationId, traceparent }: Origin, userId: string): CommandContext {
  const actor = { kind: 'user', id: userId } as const;
  return { correlationId, causationId: correlationId, actor, traceparent };
}
