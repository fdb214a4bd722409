/** What a TLP can wait for; a resource is one number: its kind and the index of the thing within its kind. */
export const RESOURCE_KINDS = [
  'channel',
  'posted-headers',
  'posted-data',
  'nonposted-headers',
  'nonposted-data',
  'completion-headers',
  'completion-data',
  'ingress',
  'order',
  'head-of-line',
  'tags',
  'outstanding',
  'issue-gap',
  'copies',
  'replay-buffer',
  'shared-buffer',
  'destination-change',
  'translation',
  'ats',
] as const;

export type ResourceKind = (typeof RESOURCE_KINDS)[number];

const STRIDE = 0x100_0000;

/** Kinds by number. Credits of class c are CREDITS + 2 c for headers, one more for data. */
export const CHANNEL = 0;
export const CREDITS = 1;
export const INGRESS = 7;
export const ORDER = 8;
export const HEAD_OF_LINE = 9;
export const TAGS = 10;
export const OUTSTANDING = 11;
export const ISSUE_GAP = 12;
export const COPIES = 13;
export const REPLAY_BUFFER = 14;
export const SHARED_BUFFER = 15;
export const DESTINATION_CHANGE = 16;
export const TRANSLATION = 17;
export const ATS = 18;

export const resource = (kind: number, index: number): number => kind * STRIDE + index;

/** Kind of a resource number, and the index of its output, port or endpoint; `resourceName` knows which. */
export function resourceParts(number: number): { readonly kind: ResourceKind; readonly index: number } {
  return { kind: RESOURCE_KINDS[Math.floor(number / STRIDE)] as ResourceKind, index: number % STRIDE };
}
