import { describe, expect, test } from 'vitest';
import type { ProcessMapChart } from '../../core/index.ts';
import { chooseMap, hasView, mapLevels, usualChoice } from './choose-map.ts';
import { renderOutline } from './outline.ts';

const day = 86_400;
const edge = (from: string, to: string, count: number, days: number) => ({
  from,
  to,
  count,
  medianSeconds: days * day,
  totalSeconds: count * days * day,
  pounds: count * days * 2,
});

/** Received 100, checked 90, decided 90, sent 80; ten are referred, of which none is common. */
const map: ProcessMapChart = {
  id: 'map',
  kind: 'process-map',
  title: 'Map',
  description: 'Map.',
  table: 'table',
  nodes: [
    { id: 'r', label: 'Received', cases: 100, pounds: 500 },
    { id: 'c', label: 'Checked', cases: 90, pounds: null },
    { id: 'd', label: 'Decided', cases: 90, pounds: 4000 },
    { id: 'x', label: 'Referred', cases: 10, pounds: 90 },
  ],
  edges: [edge('r', 'c', 90, 3), edge('c', 'd', 80, 1), edge('r', 'x', 10, 30), edge('x', 'd', 10, 2)],
  starts: [{ id: 'r', cases: 100 }],
  ends: [
    { id: 'd', cases: 90 },
    { id: 'x', cases: 10 },
  ],
  whole: { steps: 6, paths: 9, taken: 200 },
  hidingRule: 'Rare ones are on no map.',
};

describe('what a map shows', () => {
  test('the usual choice shows all that can be read, and says what it hides', () => {
    const shown = chooseMap(map);
    expect(shown.nodes).toHaveLength(4);
    expect(shown.rule).toBe(
      'Shown: 4 of 6 steps and 4 of 9 paths, which cover 95% of all moves from step to step. ' +
        'Hidden: 2 steps and 5 paths taken 10 times. Rare ones are on no map.',
    );
  });

  test('steps are taken until they cover the level, then paths among them', () => {
    const shown = chooseMap(map, { view: 'frequency', steps: 95, paths: 50 });
    expect(shown.nodes.map(({ id }) => id)).toEqual(['r', 'c', 'd']);
    expect(shown.edges[0]).toEqual({ from: 'r', to: 'c', count: 90, size: 90, figure: '90' });
    expect(shown.ends).toEqual([{ id: 'd', cases: 90 }]);
    expect(shown.rule).toContain('which cover 85% of all moves');
    expect(shown.rule).toContain('Hidden: 3 steps and 7 paths taken 30 times.');
  });

  test('a step that a finding names is there at every level, with the paths to and from it', () => {
    const nodes = map.nodes.map((node) => (node.id === 'x' ? { ...node, isNamed: true } : node));
    for (const steps of mapLevels) {
      const shown = chooseMap({ ...map, nodes }, { view: 'frequency', steps, paths: 20 });
      expect(shown.nodes.map(({ id }) => id)).toContain('x');
      if (shown.nodes.length > 2)
        expect(shown.edges.some(({ from, to }) => from === 'x' || to === 'x')).toBe(true);
    }
    expect(chooseMap({ ...map, nodes }, { view: 'frequency', steps: 20, paths: 20 }).rule).toContain(
      'Shown: 2 of 6 steps',
    );
  });

  test('no step stands alone: the most taken path into it and out of it is always there', () => {
    const shown = chooseMap(map, { view: 'frequency', steps: 100, paths: 20 });
    expect(shown.edges).toHaveLength(4);
    const loop = { ...map, edges: [edge('x', 'x', 500, 1), ...map.edges] };
    expect(chooseMap(loop, { view: 'frequency', steps: 100, paths: 20 }).edges).toHaveLength(5);
  });

  test('each level that is offered shows a number of its own, one of them is shown, the last is all', () => {
    const { steps, paths } = chooseMap(map, usualChoice);
    for (const levels of [steps, paths]) {
      expect(new Set(levels.map(({ count }) => count)).size).toBe(levels.length);
      expect(levels.filter(({ isShown }) => isShown)).toHaveLength(1);
    }
    expect(steps.at(-1)).toEqual({ level: 100, count: 4, isShown: true });
  });

  test('a higher level never shows less', () => {
    const sizes = mapLevels.map((level) => chooseMap(map, { ...usualChoice, steps: level }).nodes.length);
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
  });

  test('the usual map of a large log has at most fifteen steps and twenty-four paths', () => {
    const ids = Array.from({ length: 50 }, (_, i) => `s${i}`);
    const large = {
      ...map,
      nodes: ids.map((id) => ({ id, label: id, cases: 100, pounds: null })),
      edges: ids.flatMap((from) => ids.slice(0, 3).map((to) => edge(from, to, 20, 1))).slice(0, 120),
    };
    const shown = chooseMap(large);
    expect(shown.nodes.length).toBeLessThanOrEqual(15);
    expect(shown.edges.length).toBeLessThanOrEqual(24);
  });

  test('numbers and thickness follow the view', () => {
    const of = (view: 'median' | 'total' | 'pounds') =>
      chooseMap(map, { ...usualChoice, view }).edges.map(({ figure, size }) => [figure, size]);
    expect(of('median')[2]).toEqual(['30 days', 30 * day]);
    expect(of('total')[0]).toEqual(['270 days', 270 * day]);
    expect(of('pounds')[0]).toEqual(['£540', 540]);
    expect(chooseMap(map, { ...usualChoice, view: 'pounds' }).nodes.map(({ figure }) => figure)).toEqual([
      '£500',
      'cost not known',
      '£4,000',
      '£90.00',
    ]);
  });

  test('pounds need costs; every other view is there', () => {
    const none = {
      ...map,
      nodes: map.nodes.map((node) => ({ ...node, pounds: null })),
      edges: map.edges.map((each) => ({ ...each, pounds: null })),
    };
    expect(hasView(map, 'pounds')).toBe(true);
    expect(hasView(none, 'pounds')).toBe(false);
    expect(hasView(none, 'median')).toBe(true);
  });

  test('how often all paths are taken is not said where it may not be told', () => {
    const { rule } = chooseMap({ ...map, whole: { ...map.whole, taken: null } });
    expect(rule).toContain('cover 100% of the moves from step to step that may be told');
    expect(rule).not.toContain('taken');
  });
});

test('the outline says the numbers of each view, for the same steps and paths', () => {
  const outline = (view: 'frequency' | 'median' | 'total' | 'pounds') =>
    renderOutline(map, { ...usualChoice, view, steps: 95 });
  expect(outline('frequency')[0]).toEqual({
    heading: 'Received: 100 cases',
    items: ['100 cases begin here', 'then "Checked": 90 times, 90.0%'],
  });
  expect(outline('median')[0]?.items[1]).toBe('then "Checked": 90 times, 90.0%, after a median of 3 days');
  expect(outline('total')[0]?.items[1]).toBe('then "Checked": 90 times, 90.0%, 270 days in all');
  expect(outline('pounds')[0]).toEqual({
    heading: 'Received: 100 cases, £500',
    items: ['100 cases begin here', 'then "Checked": 90 times, 90.0%, whose waiting costs £540'],
  });
});
