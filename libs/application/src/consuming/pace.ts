/** Decides when a consumer may work on its next batch. */
export interface Pace {
  turn<T>(work: () => Promise<T>): Promise<T>;
}

/** As fast as it goes. */
export const unpaced: Pace = { turn: (work) => work() };
