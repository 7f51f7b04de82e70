import type { GenerationProvider } from '@imprest/application';
import type { Fields } from '@imprest/data-files';
import type { Config, Environment } from '../config/index.js';

/** What a worker lends its providers. */
export interface ProviderServices {
  /** Jobs rendered at once. */
  readonly slots: number;
  readonly simulator: Config['simulator'];
  /** Where keys of providers may be; the environment of the process when absent. */
  readonly environment?: Environment;
}

export interface EntryPlace {
  readonly name: string;
  /** Of the entry in the file, for errors. */
  readonly where: string;
  /** Of the file, from which relative paths go out. */
  readonly folder: string;
}

/** Makes the provider of one entry. @throws DataFileError for a key or a file that is not there */
export type OpenProvider = (services: ProviderServices) => Promise<GenerationProvider>;

/** One kind of entry: its own fields beside the common ones, and how they become a provider. */
export interface ProviderKind {
  readonly fields: readonly string[];
  /** @throws DataFileError */
  read(fields: Fields, place: EntryPlace): OpenProvider;
}
