import { describe, expect, it } from 'vitest';
import { groupedBars } from '../../src/report/grouped-bars.ts';
import { canvasOf, inkBox, toSvg } from './paper.ts';
import { COMPARISON } from './sample-charts.ts';

describe('bars in groups', () => {
  it('say "refused" in place of a bar without a value, and draw no bound there', async () => {
    const svg = await toSvg(groupedBars(COMPARISON));
    expect(svg.match(/>refused</g)).toHaveLength(1);
    expect(svg).toContain('>54.0<');
    const bounds = /class="mark-rect role-mark [^"]*layer_1_marks"[^>]*>(.*?)<\/g>/.exec(svg)?.[1] ?? '';
    expect(bounds.match(/<path/g)).toHaveLength(5);
  });

  it('are the same bytes each time and keep all ink inside the canvas', async () => {
    const svg = await toSvg(groupedBars(COMPARISON));
    expect(await toSvg(groupedBars(COMPARISON))).toBe(svg);
    const [ink, canvas] = [await inkBox(svg), canvasOf(svg)];
    expect(canvas.width).toBe(320);
    expect(ink.left).toBeGreaterThanOrEqual(0);
    expect(ink.right).toBeLessThanOrEqual(canvas.width);
    expect(ink.bottom).toBeLessThanOrEqual(canvas.height);
  });

  it('have no legend where there is one series and no bound', async () => {
    const { bound: _, ...rest } = COMPARISON;
    const svg = await toSvg(groupedBars({ ...rest, series: { field: 'route', order: ['switch-local'] } }));
    expect(svg).not.toContain('>switch-local<');
  });

  it('refuse two rows for one bar, and names that leave no room for bars', () => {
    const twice = { ...COMPARISON, rows: [...COMPARISON.rows, ...COMPARISON.rows] };
    expect(() => groupedBars(twice)).toThrow('two rows for "switch-local" of "wrx90-2sw-flat"');
    const rows = [{ system: 'a name as long as a sentence about a machine', route: 'a', goodput_GBps: 1 }];
    expect(() => groupedBars({ ...COMPARISON, rows })).toThrow('give it a shorter name');
  });
});
