import { REDIRECT_CONTROL } from './acs-defaults.ts';
import type { DocumentPath } from './model-error.ts';
import type { Placed, RedirectRule } from './placed.ts';
import type { TypedDocument } from './read-document.ts';
import type { SystemNode } from './system.ts';

const isPort = ({ kind }: SystemNode): boolean => kind === 'root_port' || kind === 'switch_down';

const redirected = (node: SystemNode): SystemNode =>
  node.acs === null
    ? node
    : { ...node, acs: { ...node.acs, control: REDIRECT_CONTROL & node.acs.capability } };

/** Rules of `acs: { redirect }`: a port's own registers go before the switch's rule, and that before the system's. */
class Redirects {
  private readonly document: TypedDocument<unknown>;
  private readonly placed: readonly Placed[];
  private readonly rules: readonly RedirectRule[];

  constructor(document: TypedDocument<unknown>, placed: readonly Placed[], rules: readonly RedirectRule[]) {
    this.document = document;
    this.placed = placed;
    this.rules = rules;
  }

  apply(): SystemNode[] {
    for (const rule of this.rules) this.checkNames(rule);
    return this.placed.map((each) => (this.ruled(each) ? redirected(each.node) : each.node));
  }

  private ruled(each: Placed): boolean {
    const ports = this.ruleOf(each)?.ports ?? [];
    return ports === 'all' || ports.includes(each.node.id);
  }

  private ruleOf({ node, ownAcs }: Placed): RedirectRule | undefined {
    if (ownAcs || !isPort(node)) return undefined;
    return (
      this.rules.find(({ owner }) => owner === node.parent) ?? this.rules.find(({ owner }) => owner === null)
    );
  }

  private checkNames(rule: RedirectRule): void {
    if (rule.ports === 'all') return;
    for (const [i, name] of rule.ports.entries()) this.checkName(rule, name, [...rule.path, i]);
  }

  private checkName(rule: RedirectRule, name: string, path: DocumentPath): void {
    const inside = this.placed.filter(
      ({ node }) => isPort(node) && (rule.owner === null || rule.owner === node.parent),
    );
    const found = inside.find(({ node }) => node.id === name);
    const expected = rule.owner === null ? 'a root port or a switch port' : `a port of switch ${rule.owner}`;
    if (found === undefined) {
      const remedy = `choose from ${inside.map(({ node }) => node.id).join(', ')}`;
      throw this.document.problem(path, {
        expected,
        remedy: inside.length === 0 ? 'there is none; remove it' : remedy,
      });
    }
    if (this.ruleOf(found) !== rule) {
      const remedy = 'say it in one place only: here, at the switch or at the port';
      throw this.document.problem(path, { expected: 'a port whose ACS is not stated elsewhere', remedy });
    }
  }
}

/** The nodes with the redirect rules applied; throws ModelError for a rule that names no port, or one already ruled. */
export const applyRedirects = (
  document: TypedDocument<unknown>,
  placed: readonly Placed[],
  rules: readonly RedirectRule[],
): SystemNode[] => new Redirects(document, placed, rules).apply();
