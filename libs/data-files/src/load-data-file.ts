import { readFileSync } from 'node:fs';
import { DataFileError } from './checked-yaml.js';

/**
 * What a data file says.
 * @param what the file is, as an operator calls it
 * @param parse of the file's text; its errors tell the entry and the rule
 * @throws DataFileError with the path in front, also for a file that cannot be read
 */
export function loadDataFile<T>(what: string, path: string, parse: (text: string) => T): T {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const rule = error instanceof DataFileError ? error.rule : 'the file cannot be read';
    throw new DataFileError(`${what} file ${path}: ${reason}`, rule);
  }
}
