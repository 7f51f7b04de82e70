export interface ChargedLot {
  readonly lotId: string;
  readonly kind: 'purchased' | 'promotional' | null;
  readonly held: string;
  readonly captured: string;
  readonly released: string;
  readonly refunded: string;
  /** What was paid for the whole lot and how many tokens it came with; null for a grant. */
  readonly price: {
    readonly minorUnits: string;
    readonly currency: string;
    readonly tokens: string;
  } | null;
}

/** What was handed out for the charge. */
export interface ChargedImage {
  readonly index: number;
  readonly mediaType: string;
  readonly bytes: number;
  /** Hex, of the file. */
  readonly sha256: string;
}

export interface ChargeAttempt {
  readonly attempt: number;
  readonly workerId: string;
  readonly leasedAt: string;
  /** Null when the attempt did not fail. */
  readonly failure: string | null;
}

export interface ChargeDelivery {
  readonly messageId: string;
  readonly attempt: number;
  readonly at: string;
  readonly outcome: string;
  readonly status: number | null;
}

/** What the records of a charge say, in the order a reader asks. Amounts are decimal strings. */
export interface ChargeStory {
  readonly generationId: string;
  readonly tenantId: string;
  readonly requestedAt: string;
  readonly price: {
    readonly priceBookVersion: string;
    readonly model: string;
    readonly images: number;
    readonly perImage: string;
    readonly total: string;
  };
  readonly outcome: 'open' | 'succeeded' | 'failed' | 'cancelled';
  readonly endedAt: string | null;
  /** Of the outcome: what the customer was told. */
  readonly charged: string;
  /** `none` before tokens are held, `open` until they are settled or released. */
  readonly hold: 'none' | 'open' | 'settled' | 'released';
  readonly held: string;
  readonly captured: string;
  readonly released: string;
  readonly refunded: string;
  readonly lots: readonly ChargedLot[];
  readonly attempts: readonly ChargeAttempt[];
  readonly deliveries: readonly ChargeDelivery[];
  readonly images: readonly ChargedImage[];
}
