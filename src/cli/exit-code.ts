/** What the command says to its caller. Source: DESIGN, section 7; 70 is EX_SOFTWARE of sysexits.h, a bug of hairpin. */
export const EXIT = { success: 0, finding: 1, badInput: 2, stuck: 3, bug: 70 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
