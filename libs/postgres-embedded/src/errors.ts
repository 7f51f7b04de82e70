/** This machine cannot run the PostgreSQL that comes with the program. */
export class PostgresBinariesUnavailable extends Error {
  override readonly name = 'PostgresBinariesUnavailable';
  constructor(platform: string, reason: string) {
    super(
      `no embedded PostgreSQL on ${platform}: ${reason}. ` +
        'Set DATABASE_URL to a PostgreSQL server of your own (15 or later) instead.',
    );
  }
}

/** A live process owns the data directory. Two servers on one directory would destroy it. */
export class DataDirectoryInUse extends Error {
  override readonly name = 'DataDirectoryInUse';
  constructor(
    readonly directory: string,
    /** The owning process. */
    readonly processId: number,
    lock: string,
  ) {
    super(
      `data directory ${directory} is in use by process ${processId}: stop that process, or choose ` +
        `another directory. If process ${processId} is certainly not this program, remove ${lock}.`,
    );
  }
}

/** The data directory cannot be used the way it is; the message says what to change. */
export class DataDirectoryUnusable extends Error {
  override readonly name = 'DataDirectoryUnusable';
  constructor(
    readonly directory: string,
    reason: string,
  ) {
    super(`data directory ${directory} cannot be used: ${reason}`);
  }
}

/** PostgreSQL reads data files of its own major version only. */
export class PostgresVersionMismatch extends Error {
  override readonly name = 'PostgresVersionMismatch';
  constructor(
    readonly directory: string,
    readonly dataVersion: string,
    readonly serverVersion: string,
  ) {
    super(
      `data directory ${directory} was written by PostgreSQL ${dataVersion}, this program carries ` +
        `PostgreSQL ${serverVersion}. Nothing was changed. Run the release of the program that wrote ` +
        `it, or serve a copy of ${directory}/cluster with PostgreSQL ${dataVersion} and set DATABASE_URL to ` +
        'that server; then move the data over by dump and restore.',
    );
  }
}

/** The server, or initdb before it, gave up. The message carries the end of its log. */
export class PostgresStartFailed extends Error {
  override readonly name = 'PostgresStartFailed';
}

/** Root in a container may lack the right, or the user namespace the id. */
export function cannotRunAs(uid: number, cause: string): PostgresStartFailed {
  return new PostgresStartFailed(
    `PostgreSQL does not run as root, and this root may not run it as uid ${uid} (${cause}): ` +
      'run the program as an ordinary user, or set DATABASE_URL',
  );
}
