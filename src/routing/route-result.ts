import type { Route } from './route.ts';

/** The way of a TLP, or the port that ends it with an ACS Violation. */
export type RouteResult =
  | { readonly kind: 'route'; readonly route: Route }
  | { readonly kind: 'blocked'; readonly port: string; readonly reason: string };
