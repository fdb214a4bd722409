/**
 * How well founded a kernel profile is: `exact` by its source or by a running kernel, `inferred` from what is known of other
 * releases, or `proposed` in patches that no release has.
 */
export interface KernelStatus {
  readonly kind: 'exact' | 'inferred' | 'proposed';
  readonly source: string;
}
