/** A command line that says no task: an unknown command or option, or a wrong number of arguments. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
