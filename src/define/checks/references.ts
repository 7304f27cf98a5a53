import type { WellspentError } from '../../core/index.ts';
import { entryOf, listOf, sectionEntries, textOf } from '../raw-charter.ts';
import { didYouMean, nearestName } from '../suggest.ts';
import type { Path, YamlSource } from '../yaml-source.ts';

const sectionsWithIds = [
  'outcomes',
  'outputs',
  'quality',
  'inputs',
  'floors',
  'targets',
  'savings',
  'clocks',
  'changes',
  'annual_figures',
  'discontinuities',
  'groups',
  'endings',
  'assumptions',
] as const;

type Section = (typeof sectionsWithIds)[number];

interface Reference {
  readonly path: Path;
  readonly to: Section;
  readonly id: string;
}

/** Ids that stand twice in one list. */
export function repeatedIds(source: YamlSource): readonly WellspentError[] {
  return sectionsWithIds.flatMap((section) => {
    const firstAt = new Map<string, Path>();
    return sectionEntries(source.content, section).flatMap(({ path, id }) => {
      if (id === undefined) return [];
      const earlier = firstAt.get(id);
      if (earlier === undefined) {
        firstAt.set(id, path);
        return [];
      }
      return [
        source.fault('CHARTER_ID_TWICE', [...path, 'id'], `${section} has two entries with the id "${id}".`, {
          found: `"${id}" stands first on line ${source.lineOf([...earlier, 'id'])}`,
          hint: `id: ${id}-2`,
        }),
      ];
    });
  });
}

function referencesOf(content: unknown): readonly Reference[] {
  const one = (path: Path, to: Section, value: unknown): readonly Reference[] => {
    const id = textOf(value);
    return id === undefined ? [] : [{ path, to, id }];
  };
  const from = (section: Section, key: string, to: Section) =>
    sectionEntries(content, section).flatMap(({ path, value }) => one([...path, key], to, value[key]));
  const costs = entryOf(entryOf(content).costs);
  const contacts = entryOf(entryOf(content).contacts);
  const units = entryOf(entryOf(content).units);
  const payments = entryOf(entryOf(content).payments);
  const effort = entryOf(payments.effort);
  return [
    ...from('outcomes', 'measure', 'quality'),
    ...from('outputs', 'unit_cost', 'assumptions'),
    ...from('targets', 'compare_with', 'quality'),
    ...sectionEntries(content, 'savings').flatMap(({ path, value }) =>
      one([...path, 'claim', 'duplicate_of'], 'savings', entryOf(value.claim).duplicate_of),
    ),
    ...sectionEntries(content, 'quality').flatMap(({ path, value }) =>
      listOf(value.outputs).flatMap((id, index) => one([...path, 'outputs', index], 'outputs', id)),
    ),
    ...(['annual_figures', 'discontinuities'] as const).flatMap((section) => [
      ...from(section, 'output', 'outputs'),
      ...from(section, 'input', 'inputs'),
    ]),
    ...from('discontinuities', 'quality', 'quality'),
    ...(['minute', 'touch_minutes'] as const).flatMap((key) =>
      listOf(costs[key]).flatMap((entry, index) =>
        one(['costs', key, index, 'assumption'], 'assumptions', entryOf(entry).assumption),
      ),
    ),
    ...one(['costs', 'delay_day'], 'assumptions', costs.delay_day),
    ...listOf(units.members).flatMap((entry, index) =>
      one(['units', 'members', index, 'input'], 'inputs', entryOf(entry).input),
    ),
    ...listOf(units.as_they_come).flatMap((measure, index) =>
      one(['units', 'as_they_come', index], 'quality', measure),
    ),
    ...listOf(payments.handling).flatMap((input, index) =>
      one(['payments', 'handling', index], 'inputs', input),
    ),
    ...one(['payments', 'effort', 'minute_cost'], 'assumptions', effort.minute_cost),
    ...listOf(effort.groups).flatMap((group, index) =>
      one(['payments', 'effort', 'groups', index], 'groups', group),
    ),
    ...listOf(contacts.hours).flatMap((entry, index) =>
      one(['contacts', 'hours', index, 'input'], 'inputs', entryOf(entry).input),
    ),
  ];
}

/** References to entries that do not exist, and to assumptions that hold no value. */
export function brokenReferences(source: YamlSource): readonly WellspentError[] {
  return referencesOf(source.content).flatMap(({ path, to, id }) => {
    const entries = sectionEntries(source.content, to);
    const target = entries.find((entry) => entry.id === id);
    const key = typeof path.at(-1) === 'number' ? '-' : `${path.at(-1)}:`;
    if (target === undefined) {
      const known = entries.flatMap((entry) => (entry.id === undefined ? [] : [entry.id]));
      const near = nearestName(id, known);
      return [
        source.fault('CHARTER_REFERENCE', path, `${to} has no entry "${id}".`, {
          found: known.length > 0 ? known.join(', ') : `no ${to}`,
          hint: near === undefined ? `add "${id}" to ${to}; ${didYouMean(id, known)}` : `${key} ${near}`,
        }),
      ];
    }
    const hasNoValue = target.value.value === undefined && target.value.by_period === undefined;
    if (to !== 'assumptions' || !hasNoValue) return [];
    return [
      source.fault(
        'CHARTER_KEY_MISSING',
        target.path,
        `the assumption "${id}" is used as a number and has none.`,
        {
          found: Object.keys(target.value).join(', '),
          hint: 'value: … (or by_period, with the first day from which each value holds)',
        },
      ),
    ];
  });
}
