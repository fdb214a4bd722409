import type { TopLevelSpec } from 'vega-lite';
import { describe, expect, it } from 'vitest';
import { lineChart } from '../../src/report/line-chart.ts';
import { renderPng } from '../../src/report/png.ts';
import { canvasOf, inkBox, labelsBelow, toPng, toSvg } from './paper.ts';
import { THROUGHPUT } from './sample-charts.ts';

const TEXT = /<text[^>]*>[^<]*<\/text>/g;

describe('a line chart', () => {
  it('of throughput over transfer size is the golden one', async () => {
    await expect(await toSvg(lineChart(THROUGHPUT))).toMatchFileSnapshot('golden/line-chart.svg');
  });

  it('is the same bytes each time, also when two are drawn at once', async () => {
    const first = await toSvg(lineChart(THROUGHPUT));
    const both = await Promise.all([toSvg(lineChart(THROUGHPUT)), toSvg(lineChart(THROUGHPUT))]);
    expect(both).toEqual([first, first]);
  });

  it('is not changed by other charts of the process, and names stay as they are', async () => {
    const clipped: TopLevelSpec = {
      data: { values: [{ x: 1.23456, name: 'clip7' }] },
      layer: [
        { mark: { type: 'point', clip: true }, encoding: { x: { field: 'x', type: 'quantitative' } } },
        { mark: 'text', encoding: { text: { field: 'name' } } },
      ],
    };
    const [first, second] = [await toSvg(clipped), await toSvg(clipped)];
    expect(first).toBe(second);
    expect(first).toContain('id="clip0"');
    expect(first).toContain('>clip7<');
  });

  it('has the same bytes as a picture each time', async () => {
    const svg = await toSvg(lineChart(THROUGHPUT));
    expect(Buffer.from(await toPng(svg)).equals(Buffer.from(await toPng(svg)))).toBe(true);
  });

  it('prints at the width of a column: 240 pt, which is 3.33 in', async () => {
    const svg = await toSvg(lineChart(THROUGHPUT));
    expect(svg).toContain('<svg xmlns="http://www.w3.org/2000/svg"');
    expect(svg).toMatch(/ width="240pt" height="[\d.]+pt" viewBox="0 0 320 \d+"/);
  });

  it('draws its text into the picture, which resvg leaves out without the font', async () => {
    const svg = await toSvg(lineChart(THROUGHPUT));
    const [drawn, without] = [await toPng(svg), await toPng(svg.replaceAll(TEXT, ''))];
    expect(svg.match(TEXT)?.length).toBeGreaterThan(20);
    expect(drawn.length).toBeGreaterThan(without.length + 5000);
  });

  it('is refused as a picture where the font cannot be read', async () => {
    const svg = await toSvg(lineChart(THROUGHPUT));
    await expect(renderPng(svg, { fontFiles: [] })).rejects.toThrow(
      'no font in []; expected a TrueType file',
    );
    await expect(renderPng(svg, { fontFiles: ['/nowhere.ttf'] })).rejects.toThrow('/nowhere.ttf');
  });

  it('keeps all ink inside its canvas, with short and with long labels', async () => {
    const names = ['switch-local', 'by way of the root complex of the other socket, redirected'];
    const rows = names.flatMap((route) => [1, 2].map((flows) => ({ flows, route, rate: flows * 12_345.6 })));
    const long = lineChart({
      rows,
      x: { field: 'flows', title: 'flows', scale: 'linear' },
      y: { field: 'rate', title: 'goodput (MB/s)' },
      series: { field: 'route' },
    });
    for (const spec of [lineChart(THROUGHPUT), long]) {
      const svg = await toSvg(spec);
      const [ink, canvas] = [await inkBox(svg), canvasOf(svg)];
      expect(ink.left).toBeGreaterThanOrEqual(0);
      expect(ink.top).toBeGreaterThanOrEqual(0);
      expect(ink.right).toBeLessThanOrEqual(canvas.width);
      expect(ink.bottom).toBeLessThanOrEqual(canvas.height);
    }
  });

  it('labels sizes as 4 KiB and 64 MiB, never one over the other', async () => {
    const labels = labelsBelow(await toSvg(lineChart(THROUGHPUT)));
    expect(labels.map((label) => label.text)).toEqual([
      '4 KiB',
      '16 KiB',
      '64 KiB',
      '256 KiB',
      '1 MiB',
      '4 MiB',
      '16 MiB',
      '64 MiB',
    ]);
    labels.slice(1).forEach((label, index) => {
      expect(label.left).toBeGreaterThan((labels[index]?.right ?? 0) + 3);
    });
  });

  it('labels counts as whole numbers', async () => {
    const rows = [1, 2].map((flows) => ({ flows, route: 'a', rate: flows }));
    const x = { field: 'flows', title: 'flows', scale: 'linear' } as const;
    const spec = lineChart({ rows, x, y: { field: 'rate', title: 'GB/s' }, series: { field: 'route' } });
    expect(labelsBelow(await toSvg(spec)).map((label) => label.text)).toEqual(['0', '1', '2']);
  });

  it('breaks a line where a value is refused', async () => {
    const rows = [1, 2, 3, 4, 5].map((flows) => ({ flows, route: 'a', rate: flows === 3 ? null : flows }));
    const x = { field: 'flows', title: 'flows', scale: 'linear' } as const;
    const svg = await toSvg(
      lineChart({ rows, x, y: { field: 'rate', title: 'GB/s' }, series: { field: 'route' } }),
    );
    const line = /class="mark-line[^>]*><path[^>]* d="([^"]*)"/.exec(svg)?.[1] ?? '';
    expect(line.match(/M/g)).toHaveLength(2);
  });

  it('takes as many series as can be told apart and refuses more', () => {
    const names = Array.from({ length: 8 }, (_, index) => `route ${index}`);
    const rows = names.map((route) => ({ bytes: 4096, route, goodput_GBps: 1, bound_GBps: 2 }));
    expect(() => lineChart({ ...THROUGHPUT, rows })).toThrow('9 series in one chart; expected at most 7');
  });

  it('is refused rather than drawn with a warning', async () => {
    const wrong: TopLevelSpec = {
      data: { values: [{ name: 'a' }] },
      mark: 'point',
      encoding: { size: { field: 'name', type: 'nominal' } },
    };
    await expect(toSvg(wrong)).rejects.toThrow('the chart is not drawable: Channel size');
  });

  it('refuses a value that is no number, and a chart of nothing', () => {
    const row = { bytes: 4096, route: 'a', goodput_GBps: Number.NaN, bound_GBps: 2 };
    expect(() => lineChart({ ...THROUGHPUT, rows: [row] })).toThrow('"goodput_GBps" is null in a row');
    expect(() => lineChart({ ...THROUGHPUT, series: { field: 'route', order: ['none'] } })).toThrow(
      'no row is of the series [none]',
    );
  });
});
