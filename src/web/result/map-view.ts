import type { ProcessMapChart } from '../../core/index.ts';
import {
  chooseMap,
  hasView,
  type MapChoice,
  type MapLevel,
  mapLevels,
  mapViews,
  usualChoice,
} from '../../publish/index.ts';
import type { Asks } from '../layout/check-asked.ts';
import type { Query } from '../page.ts';
import { texts } from '../texts.ts';

interface MapLink {
  readonly text: string;
  /** What a screen reader hears beside the text. */
  readonly rest: string;
  readonly href: string;
  readonly isCurrent: boolean;
}

/** A row of links of which one is current: it chooses what a page shows. */
export interface ControlView {
  readonly title: string;
  readonly links: readonly MapLink[];
}

/** The links that change a map, each an address of the same page; what its numbers are; and what is hidden. */
export interface MapView {
  readonly controls: readonly ControlView[];
  readonly legend: string;
  readonly rule: string;
  /** Said instead of the map where the view has no numbers. */
  readonly missing: string | null;
}

function levelIn(value: string | undefined): number | null {
  return mapLevels.find((level) => String(level) === value) ?? null;
}

/** What an address may ask of its maps. */
export const mapAsks: Asks = { view: mapViews, steps: mapLevels.map(String), paths: mapLevels.map(String) };

/** Reads what an address asks of its maps; what it cannot mean is left to the usual choice. */
export function mapChoiceOf(query: Query): MapChoice {
  return {
    view: mapViews.find((view) => view === query.view) ?? usualChoice.view,
    steps: levelIn(query.steps),
    paths: levelIn(query.paths),
  };
}

/** The part of an address that asks for a choice; empty for the usual one. */
export function queryOfChoice({ view, steps, paths }: MapChoice): string {
  const parts = [
    ...(view === usualChoice.view ? [] : [`view=${view}`]),
    ...(steps === null ? [] : [`steps=${steps}`]),
    ...(paths === null ? [] : [`paths=${paths}`]),
  ];
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

function legendOf({ nodes, edges }: ProcessMapChart, view: MapChoice['view']): string {
  const { legend } = texts.map;
  if (view !== 'pounds') return legend[view];
  const of = (list: readonly { readonly pounds: number | null }[]) =>
    list.some(({ pounds }) => pounds !== null);
  if (of(nodes) && of(edges)) return legend.pounds.both;
  return of(nodes) ? legend.pounds.work : legend.pounds.waiting;
}

/** Puts two parts of an address together, each empty or beginning with a question mark. */
function joinQueries(a: string, b: string): string {
  return a === '' || b === '' ? a + b : `${a}&${b.slice(1)}`;
}

/** Formats the controls of a map that stands at `path`; `kept` is the part of the address that they leave alone. */
export function viewMap(chart: ProcessMapChart, path: string, choice: MapChoice, kept = ''): MapView {
  const words = texts.map;
  const shown = chooseMap(chart, choice);
  const href = (change: Partial<MapChoice>) =>
    `${path}${joinQueries(kept, queryOfChoice({ ...choice, ...change }))}#map-${encodeURIComponent(chart.id)}`;
  const levels = (kind: 'steps' | 'paths', offered: readonly MapLevel[]) =>
    offered.map(({ level, count, isShown }) => ({
      text: words.level(count, level),
      rest: words.ofKind[kind],
      href: href({ [kind]: level }),
      isCurrent: isShown,
    }));
  const known = hasView(chart, choice.view);
  return {
    controls: [
      {
        title: words.views,
        links: mapViews.map((view) => ({
          text: words.view[view],
          rest: '',
          href: href({ view }),
          isCurrent: view === choice.view,
        })),
      },
      { title: words.steps, links: levels('steps', shown.steps) },
      { title: words.paths, links: levels('paths', shown.paths) },
    ].filter(({ links }) => links.length > 1),
    legend: `${legendOf(chart, choice.view)} ${words.brackets}`,
    rule: shown.rule,
    missing: known ? null : words.noPounds,
  };
}
