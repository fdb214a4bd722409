/** How a kernel obeys the boot options that concern ACS. Source: kernel-p2pdma, section 3.2, steps 3 and 4. */
export interface AcsRules {
  /** What `disable_acs_redir` clears RR, CR and EC of: the firmware's value, or that which the kernel has set before. */
  readonly disableRedirect: 'from-firmware' | 'from-result';
  /** Whether there is the option `config_acs`. */
  readonly configAcs: boolean;
  readonly source: string;
}
