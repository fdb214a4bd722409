/**
 * Classes of TLPs that a kernel may map differently: by whether completions may be relaxed (their requests carry Relaxed
 * Ordering), and whether requests carry addresses that the device has had translated (ATS). Source: kernel-p2pdma 1.7.
 */
export type MapClass = 'strict' | 'relaxedCompletion' | 'translated' | 'translatedRelaxed';

/** What puts a device's requests into a class. */
export interface RequestTraits {
  readonly relaxedOrdering: boolean;
  /** Requests carry translated addresses. */
  readonly translated: boolean;
}

/** What each class consists of. */
export const MAP_CLASSES: Readonly<Record<MapClass, RequestTraits>> = {
  strict: { relaxedOrdering: false, translated: false },
  relaxedCompletion: { relaxedOrdering: true, translated: false },
  translated: { relaxedOrdering: false, translated: true },
  translatedRelaxed: { relaxedOrdering: true, translated: true },
};

/** The class of requests like these. */
export function mapClassOf({ relaxedOrdering, translated }: RequestTraits): MapClass {
  if (translated) return relaxedOrdering ? 'translatedRelaxed' : 'translated';
  return relaxedOrdering ? 'relaxedCompletion' : 'strict';
}
