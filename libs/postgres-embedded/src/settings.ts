import { createHash } from 'node:crypto';
import { PostgresStartFailed } from './errors.js';

export type Settings = Readonly<Record<string, string>>;

/** What the launcher itself depends on; a caller's settings may not contradict it. */
const DECIDED_HERE = new Set([
  'cluster_name',
  'config_file',
  'data_directory',
  'external_pid_file',
  'hba_file',
  'listen_addresses',
  'logging_collector',
  'port',
  'unix_socket_directories',
]);

const DEFAULTS: Settings = {
  // Nothing acknowledged may be lost: this database keeps books.
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  max_connections: '200',
  shared_buffers: '256MB',
  // Checkpoints by time rather than by volume: an append-heavy load writes fewer full pages.
  max_wal_size: '4GB',
  // Short statements only: compiling a plan costs more than running it.
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '[%p] ',
};

/**
 * All settings of a start, later ones winning: defaults, the caller's, the launcher's own.
 * @throws PostgresStartFailed when the caller sets what the launcher decides.
 */
export function serverSettings(callers: Settings, own: Settings): Settings {
  for (const name of Object.keys(callers)) {
    if (!/^[a-z_][a-z0-9_.]*$/.test(name)) {
      throw new PostgresStartFailed(`${JSON.stringify(name)} is not the name of a setting`);
    }
    if (DECIDED_HERE.has(name)) {
      throw new PostgresStartFailed(`the setting ${name} belongs to the launcher`);
    }
  }
  return { ...DEFAULTS, ...callers, ...own };
}

/** As arguments of the postgres program. */
export function settingArguments(settings: Settings): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/**
 * Stands in the command line of the server, where it can be read without any privilege: tells
 * servers of different data directories apart.
 */
export function clusterName(dataDirectory: string): string {
  const digest = createHash('sha256').update(dataDirectory).digest('hex');
  return `imprest-${digest.slice(0, 16)}`;
}
