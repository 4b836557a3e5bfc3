import domino, { type SmallElement } from '@mixmark-io/domino';
import * as Plot from '@observablehq/plot';
import { type Html, trusted } from './html.ts';
import { UNKNOWN } from './quarters.ts';
import { number } from './say.ts';
import type { Series } from './series.ts';
import { type Language, WORDS } from './words.ts';

type Bar = { name: string; children: number; text: string; isUnfinished: boolean };

/** What a chart says to those who cannot see it; ids are unique on the page. */
export type Alternative = { id: string; title: string; description: string };

const WIDTH = 900;
const HEIGHT = 260;
/** Above so many bars there is no room for their numbers, and only years are named. */
const MOST_NUMBERED = 18;

/** Where elements are made: a small DOM, as there is no browser. */
const document = domino.createDocument();

const described = (plot: SmallElement, { id, title, description }: Alternative): Html => {
  const add = (name: string, text: string) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    element.setAttribute('id', `${id}-${name}`);
    element.textContent = text;
    plot.insertBefore(element, plot.firstChild);
  };
  add('desc', description);
  add('title', title);
  plot.setAttribute('role', 'img');
  plot.setAttribute('aria-labelledby', `${id}-title ${id}-desc`);
  // The page's own style sets the font, so that Khmer shows.
  plot.removeAttribute('font-family');
  for (const style of Array.from(plot.querySelectorAll('style'))) style.remove();
  return trusted(plot.outerHTML);
};

/**
 * Quarters as upright bars, as they are published. An unfinished quarter is an outline, so that it is not taken for a
 * fall; children without a date stand in the table only.
 */
export const quarterChart = (
  series: Series,
  language: Language,
  alternative: Alternative,
): Html => {
  const words = WORDS[language];
  const bars = series.quarters
    .filter((quarter) => quarter !== UNKNOWN)
    .map((quarter): Bar => {
      const { value, text } = series.of(quarter);
      return {
        name: quarter,
        children: value ?? 0,
        text,
        isUnfinished: series.isUnfinished(quarter),
      };
    });
  const isFew = bars.length <= MOST_NUMBERED;
  const names = bars.map(({ name }) => name);
  const nameOf = (name: string) =>
    bars.find((bar) => bar.name === name)!.isUnfinished ? `${name}\n${words.unfinished}` : name;
  const plot = Plot.plot({
    document: document as never,
    className: 'plot',
    width: WIDTH,
    height: HEIGHT,
    style: { fontSize: '13px' },
    marginLeft: 55,
    marginRight: 30,
    marginBottom: 50,
    x: {
      domain: names,
      ticks: names.filter((name) => isFew || name.endsWith('-Q1')),
      tickFormat: (name: string) => (isFew ? nameOf(name) : name.replace('-Q1', '')),
      label: null,
      tickSize: 0,
      padding: 0.15,
    },
    y: {
      grid: true,
      label: null,
      ticks: 5,
      tickFormat: (value: number) => number(value),
      zero: true,
    },
    marks: [
      Plot.barY(
        bars.filter((bar) => !bar.isUnfinished),
        {
          x: 'name',
          y: 'children',
          fill: 'var(--bar)',
          title: ({ name, text }: Bar) => `${name}: ${text}`,
        },
      ),
      Plot.barY(
        bars.filter((bar) => bar.isUnfinished),
        {
          x: 'name',
          y: 'children',
          fill: 'none',
          stroke: 'var(--bar)',
          strokeDasharray: '4 3',
          title: ({ name, text }: Bar) => `${name}: ${text} (${words.unfinished})`,
        },
      ),
      ...(isFew ? [Plot.text(bars, { x: 'name', y: 'children', text: 'text', dy: -8 })] : []),
      Plot.ruleY([0]),
    ],
  }) as unknown as SmallElement;
  return described(plot, alternative);
};
