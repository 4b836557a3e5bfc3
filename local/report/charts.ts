import domino, { type SmallElement } from '@mixmark-io/domino';
import * as Plot from '@observablehq/plot';
import { type Html, trusted } from './html.ts';
import { number } from './say.ts';

export type Bar = { name: string; children: number };

/** What a chart says to those who cannot see it; ids are unique on the page. */
export type Alternative = { id: string; title: string; description: string };

const WIDTH = 900;
const QUARTER_HEIGHT = 260;
const ROW_HEIGHT = 22;
/** Above so many bars there is no room for their numbers. */
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

const render = (options: Plot.PlotOptions): SmallElement =>
  Plot.plot({
    ...options,
    document: document as never,
    className: 'plot',
    width: WIDTH,
    style: { fontSize: '13px' },
  }) as unknown as SmallElement;

const tip = ({ name, children }: Bar): string => `${name}: ${number(children)}`;

/** Quarters as upright bars; where there are many, only years are named, at their first quarter. */
export const quarterChart = (bars: readonly Bar[], alternative: Alternative): Html => {
  const isFew = bars.length <= MOST_NUMBERED;
  const ticks = bars
    .map(({ name }) => name)
    .filter((name) => isFew || name.endsWith('-Q1') || !/-Q\d$/.test(name));
  const tickFormat = (name: string) => (isFew ? name : name.replace('-Q1', ''));
  const plot = render({
    height: QUARTER_HEIGHT,
    marginLeft: 55,
    marginRight: 30,
    marginBottom: 40,
    x: {
      domain: bars.map(({ name }) => name),
      ticks,
      tickFormat,
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
      Plot.barY(bars, { x: 'name', y: 'children', fill: 'var(--bar)', title: tip }),
      ...(isFew
        ? [
            Plot.text(bars, {
              x: 'name',
              y: 'children',
              text: (bar: Bar) => number(bar.children),
              dy: -8,
            }),
          ]
        : []),
      Plot.ruleY([0]),
    ],
  });
  return described(plot, alternative);
};

/** Provinces as lying bars, the longest on top, each with its number. */
export const provinceChart = (bars: readonly Bar[], alternative: Alternative): Html => {
  const plot = render({
    height: bars.length * ROW_HEIGHT + 20,
    marginLeft: 170,
    marginRight: 70,
    marginTop: 5,
    marginBottom: 15,
    x: { axis: null, zero: true },
    y: { domain: bars.map(({ name }) => name), label: null, tickSize: 0, padding: 0.2 },
    marks: [
      Plot.barX(bars, { y: 'name', x: 'children', fill: 'var(--bar)', title: tip }),
      Plot.text(bars, {
        y: 'name',
        x: 'children',
        text: (bar: Bar) => number(bar.children),
        textAnchor: 'start',
        dx: 6,
      }),
      Plot.ruleX([0]),
    ],
  });
  return described(plot, alternative);
};
