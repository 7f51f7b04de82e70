export interface CopyProgress {
  readonly step: 'copying' | 'comparing';
  /** In this step. */
  readonly events: number;
  /** Of the last event that is done. */
  readonly position: bigint;
  /** Where the step ends. */
  readonly upTo: bigint;
}

export type OnCopyProgress = (progress: CopyProgress) => void;
