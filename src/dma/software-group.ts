import type { Host, Software } from './software.ts';

/** Software of several sorts in one run; it starts in the order given. */
export class SoftwareGroup implements Software {
  private readonly members: readonly Software[];

  constructor(members: readonly Software[]) {
    this.members = members;
  }

  start(host: Host): void {
    for (const member of this.members) member.start(host);
  }

  unfinished(): readonly string[] {
    return this.members.flatMap((member) => member.unfinished());
  }
}
