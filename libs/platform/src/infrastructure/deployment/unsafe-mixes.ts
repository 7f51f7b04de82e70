import type { Config } from '../../config/index.js';
import type { Service } from '../../operations/services.js';

/** What each key is allowed to say, but not together or not in this process. One sentence for each, with its reason. */
export function unsafeMixes(config: Config, service: Service): readonly string[] {
  const problems: string[] = [];
  const embedded = config.databaseUrl === undefined;
  if (embedded && service.split) {
    problems.push(
      `DATABASE_URL must name the PostgreSQL that the services share: ${service.name} runs alone, and an embedded PostgreSQL belongs to one process`,
    );
  }
  if (embedded && config.messageBus.kind === 'kafka') {
    problems.push(
      'DATABASE_URL must be set for MESSAGE_BUS=kafka://…: consumers in several processes need one PostgreSQL for what they have processed',
    );
  }
  return problems;
}
