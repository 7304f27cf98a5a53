import type { WellspentError } from '../../core/index.ts';
import { extractName } from '../extract-name.ts';
import { entryOf, listOf, type RawEntry, sectionEntries, textOf } from '../raw-charter.ts';
import { nearestName } from '../suggest.ts';
import type { YamlSource } from '../yaml-source.ts';
import { groupFaults } from './equivalence.ts';
import { linkedSeriesFaults } from './linked-series.ts';
import { targetFaults } from './targets.ts';

type Fault = WellspentError;

function qualityFaults(source: YamlSource, { path, value, id }: RawEntry): readonly Fault[] {
  const has = (key: string) => value[key] !== undefined;
  const name = `the quality measure "${id ?? ''}"`;
  if (value.from === 'cases' && !has('share') && !has('mean'))
    return [
      source.fault(
        'CHARTER_KEY_MISSING',
        path,
        `${name} is worked out from cases and says neither share nor mean.`,
        {
          found: Object.keys(value).join(', '),
          hint: 'share: a condition that cases with the quality meet (or mean: a number)',
        },
      ),
    ];
  if (has('share') && has('mean'))
    return [
      source.fault('CHARTER_VALUE', [...path, 'mean'], `${name} says both share and mean.`, {
        found: 'share and mean',
        hint: 'keep one of the two',
      }),
    ];
  if (value.from !== 'quality') return [];
  return ['share', 'of', 'mean'].filter(has).map((key) =>
    source.fault(
      'CHARTER_VALUE',
      [...path, key],
      `${name} comes from the quality table, where "${key}" says nothing.`,
      {
        found: `${key}: ${String(value[key])}`,
        hint: 'remove the line, or write from: cases',
      },
    ),
  );
}

function outputFaults(source: YamlSource, { path, value, id }: RawEntry): readonly Fault[] {
  if (value.from !== 'volumes') return [];
  return ['where', 'at']
    .filter((key) => value[key] !== undefined)
    .map((key) =>
      source.fault(
        'CHARTER_VALUE',
        [...path, key],
        `the output "${id ?? ''}" comes from the volumes table, where "${key}" says nothing.`,
        { found: `${key}: ${String(value[key])}`, hint: 'remove the line, or write from: cases' },
      ),
    );
}

function clockFaults(source: YamlSource, { path, value, id }: RawEntry): readonly Fault[] {
  const pauses = listOf(value.pause).flatMap((pause, index) => {
    const { from, to } = entryOf(pause);
    if (textOf(from) === undefined || from !== to) return [];
    return [
      source.fault(
        'CHARTER_VALUE',
        [...path, 'pause', index],
        `the clock "${id ?? ''}" pauses and resumes at one step.`,
        {
          found: `from: ${String(from)}, to: ${String(to)}`,
          hint: 'to: the step at which it runs again',
        },
      ),
    ];
  });
  const taken =
    id === 'duration'
      ? [
          source.fault(
            'CHARTER_VALUE',
            [...path, 'id'],
            'the clock id "duration" is taken by first to last event.',
            {
              found: 'id: duration',
              hint: 'id: end-to-end',
            },
          ),
        ]
      : [];
  return [...pauses, ...taken];
}

function extractFaults(source: YamlSource): readonly Fault[] {
  const seen = new Map<string, RawEntry>();
  return sectionEntries(source.content, 'extracts').flatMap((extract) => {
    const { file, as, sheet, object_type } = extract.value;
    const path = textOf(file);
    if (path === undefined) return [];
    const part = { sheet: textOf(sheet), object_type: textOf(object_type) };
    const key = `${extractName({ file: path, ...part })} as ${String(as)}`;
    const earlier = seen.get(key);
    if (earlier === undefined) {
      seen.set(key, extract);
      return [];
    }
    return [
      source.fault('CHARTER_ID_TWICE', [...extract.path, 'file'], `${key} is brought in twice.`, {
        found: `first on line ${source.lineOf([...earlier.path, 'file'])}`,
        hint: 'remove one of the two entries',
      }),
    ];
  });
}

/** Units told apart by a column that holds persons, and members or practices that stand twice. */
function unitFaults(source: YamlSource): readonly Fault[] {
  const units = entryOf(entryOf(source.content).units);
  const column = textOf(units.column);
  const personal = sectionEntries(source.content, 'extracts').flatMap(({ value }) =>
    ['worker', 'person'].flatMap((field) => textOf(entryOf(value.map)[field]) ?? []),
  );
  const persons =
    column !== undefined && ['worker', 'person', ...personal].includes(column)
      ? [
          source.fault('CHARTER_VALUE', ['units', 'column'], `the column "${column}" holds persons.`, {
            found: `column: ${column}`,
            hint: 'a column that tells organisations, places or teams apart: persons are never compared',
          }),
        ]
      : [];
  const twice = (['members', 'practices'] as const).flatMap((key) => {
    const names = listOf(units[key]).map((entry) =>
      textOf(entryOf(entry)[key === 'members' ? 'unit' : 'id']),
    );
    return names.flatMap((name, index) => {
      if (name === undefined || names.indexOf(name) === index) return [];
      const first = source.lineOf(['units', key, names.indexOf(name)]);
      return [
        source.fault('CHARTER_ID_TWICE', ['units', key, index], `units › ${key} name "${name}" twice.`, {
          found: `"${name}" stands first on line ${first}`,
          hint: 'remove one of the two entries',
        }),
      ];
    });
  });
  return [...persons, ...twice];
}

/** A word that inputs share for their error and that only one of them gives: it then says nothing. */
function inputFaults(source: YamlSource): readonly Fault[] {
  const sharing = sectionEntries(source.content, 'inputs').flatMap(({ path, value, id }) => {
    const word = textOf(entryOf(value.error).shared);
    return word === undefined ? [] : [{ path, id, word }];
  });
  return sharing.flatMap(({ path, id, word }) => {
    const others = sharing.filter((one) => one.id !== id);
    if (others.some((one) => one.word === word)) return [];
    const near = nearestName(
      word,
      others.map((one) => one.word),
    );
    return [
      source.fault(
        'CHARTER_VALUE',
        [...path, 'error', 'shared'],
        `the input "${id ?? ''}" shares its error with no other input.`,
        {
          found: `shared: ${word}`,
          hint:
            near === undefined ? 'remove the line, or give another input the same word' : `shared: ${near}`,
        },
      ),
    ];
  });
}

/** Effort that is asked about where nothing says what it saves. */
function paymentFaults(source: YamlSource): readonly Fault[] {
  const payments = entryOf(entryOf(source.content).payments);
  if (payments.effort === undefined || payments.audit !== undefined) return [];
  return [
    source.fault(
      'CHARTER_KEY_MISSING',
      ['payments', 'effort'],
      'payments asks what effort brings and names no audit, which alone can say.',
      { found: Object.keys(payments).join(', '), hint: 'audit: { correct: …, drawn: at-random }' },
    ),
  ];
}

/** Entries whose keys are each right and together say nothing, or two things at once. */
export function senselessEntries(source: YamlSource): readonly WellspentError[] {
  const each = (section: string, check: (source: YamlSource, entry: RawEntry) => readonly Fault[]) =>
    sectionEntries(source.content, section).flatMap((entry) => check(source, entry));
  return [
    ...each('quality', qualityFaults),
    ...each('outputs', outputFaults),
    ...each('targets', targetFaults),
    ...groupFaults(source),
    ...linkedSeriesFaults(source),
    ...inputFaults(source),
    ...each('clocks', clockFaults),
    ...extractFaults(source),
    ...unitFaults(source),
    ...paymentFaults(source),
  ];
}
