/**
 * Erlang's loss formula: the share of Poisson arrivals that find all `blocks` taken, under a load of so many erlangs (arrivals
 * per time, times the time that each keeps a block), whatever the distribution of these times. Source: A. K. Erlang 1917;
 * insensitivity: B. A. Sevastyanov 1957.
 */
export function erlangLoss(load: number, blocks: number): number {
  let loss = 1;
  for (let block = 1; block <= blocks; block++) loss = (load * loss) / (block + load * loss);
  return loss;
}
