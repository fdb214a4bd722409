import { describe, expect, it } from 'vitest';
import { csv } from '../../src/report/csv.ts';

describe('a csv file', () => {
  it('has field names, CR LF, absent values empty and decimals by column', () => {
    const rows = [
      { id: 'there', goodput_GBps: 26.10494, share: 1 / 3, refused: null },
      { id: 'back', goodput_GBps: 0, share: 1e-7, refused: true },
    ];
    const columns = [
      { field: 'id' },
      { field: 'goodput_GBps', title: 'not printed', unit: 'GB/s', digits: 3 },
      { field: 'share' },
      { field: 'refused' },
    ];
    expect(csv(rows, columns)).toBe(
      'id,goodput_GBps,share,refused\r\nthere,26.105,0.3333333333333333,\r\nback,0.000,1e-7,true\r\n',
    );
  });

  it('quotes commas, quotes and line ends (RFC 4180, section 2, rules 6 and 7), and an empty text', () => {
    const rows = ['a,b', 'say "no"', 'two\nlines', 'two\r\nlines', '', 'plain text'].map((text) => ({
      text,
    }));
    expect(csv(rows, [{ field: 'text' }])).toBe(
      'text\r\n"a,b"\r\n"say ""no"""\r\n"two\nlines"\r\n"two\r\nlines"\r\n""\r\nplain text\r\n',
    );
  });
});
