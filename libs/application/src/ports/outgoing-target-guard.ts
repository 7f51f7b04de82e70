export type TargetVerdict =
  | { readonly ok: true }
  | { readonly ok: false /** Rule that the URL breaks. */; readonly reason: string };

/** Judges a URL that a tenant wants us to call, at the time it is given; it is judged again at connect. */
export interface OutgoingTargetGuard {
  checkTarget(url: string): TargetVerdict | Promise<TargetVerdict>;
}
