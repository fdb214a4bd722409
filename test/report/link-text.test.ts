import { expect, test } from 'vitest';
import { linkText } from '../../src/report/link-text.ts';

const GEN5 = { generation: 5, width: 16 } as const;
const GEN2 = { generation: 2, width: 8 } as const;

test.each([
  ['Gen5 x16', { capability: GEN5, current: GEN5, bitErrorRate: 0 }],
  ['Gen2 x8 of Gen5 x16 (degraded)', { capability: GEN5, current: GEN2, bitErrorRate: 0 }],
  ['Gen5 x16, bit errors 1e-9', { capability: GEN5, current: GEN5, bitErrorRate: 1e-9 }],
])('a link is printed as %s', (text, link) => {
  expect(linkText(link)).toBe(text);
});
