import type { WellspentError } from '../../core/index.ts';
import { entryOf, type RawEntry, textOf } from '../raw-charter.ts';
import type { YamlSource } from '../yaml-source.ts';

type Fault = WellspentError;

function measureFaults(source: YamlSource, { path, value, id }: RawEntry): readonly Fault[] {
  if (value.share !== undefined) return [];
  if (value.compare_with === undefined)
    return [
      source.fault(
        'CHARTER_KEY_MISSING',
        path,
        `the target "${id ?? ''}" says neither share nor compare_with.`,
        {
          found: Object.keys(value).join(', '),
          hint: 'share: a condition that cases on target meet (or compare_with: the quality measure it is set on)',
        },
      ),
    ];
  if (value.of === undefined) return [];
  return [
    source.fault(
      'CHARTER_VALUE',
      [...path, 'of'],
      `the target "${id ?? ''}" is set on a measure, where "of" says nothing.`,
      { found: `of: ${String(value.of)}`, hint: 'remove the line, or write share: a condition on cases' },
    ),
  ];
}

/** A definition that says no case is left out of a target, where the target or the definition itself leaves some out. */
function scopeFaults(source: YamlSource, { path, value, id }: RawEntry): readonly Fault[] {
  const definition = entryOf(value.definition);
  const excluded = definition.excluded_share;
  const of = textOf(value.of);
  const leavesOut =
    of !== undefined
      ? `of: ${of}`
      : typeof excluded === 'number' && excluded > 0
        ? `excluded_share: ${excluded}`
        : null;
  if (leavesOut === null) return [];
  const fault = (key: string, found: string, hint: string) =>
    source.fault(
      'CHARTER_TARGET_SCOPE',
      [...path, 'definition', key],
      `the definition of the target "${id ?? ''}" says that no case is left out, and the target leaves some out.`,
      { found: `${found}, beside ${leavesOut}`, hint },
    );
  return [
    ...(definition.denominator_scope === 'all'
      ? [fault('denominator_scope', 'denominator_scope: all', 'denominator_scope: conditional')]
      : []),
    ...(of !== undefined && excluded === 0
      ? [
          fault(
            'excluded_share',
            'excluded_share: 0',
            'remove the line: the share left out is counted from the cases',
          ),
        ]
      : []),
  ];
}

/** Targets that say neither what meets them nor what they are set on, or two things at once. */
export function targetFaults(source: YamlSource, entry: RawEntry): readonly Fault[] {
  return [...measureFaults(source, entry), ...scopeFaults(source, entry)];
}
