import type { WellspentError } from '../../core/index.ts';
import { type RawEntry, sectionEntries, textOf } from '../raw-charter.ts';
import { nearestName } from '../suggest.ts';
import type { YamlSource } from '../yaml-source.ts';

/** What is said of a whole group, on any one of its outputs. */
const saidOnce = ['group_owner', 'group_since', 'group_margin'] as const;

function unexplained(source: YamlSource, group: string, members: readonly RawEntry[]) {
  const [first] = members;
  const hasReason = members.some(({ value }) => textOf(value.group_reason) !== undefined);
  if (hasReason || first === undefined) return [];
  return [
    source.fault(
      'CHARTER_KEY_MISSING',
      [...first.path, 'group'],
      `outputs ${members.map(({ id }) => `"${id}"`).join(', ')} share one weight and nobody says why.`,
      { found: `group: ${group}`, hint: 'group_reason: why the outcome is the same by each route' },
    ),
  ];
}

function alone(source: YamlSource, group: string, member: RawEntry, groups: readonly string[]) {
  const near = nearestName(
    group,
    groups.filter((other) => other !== group),
  );
  return source.fault(
    'CHARTER_VALUE',
    [...member.path, 'group'],
    `the output "${member.id ?? ''}" is alone in its group.`,
    {
      found: `group: ${group}`,
      hint: near === undefined ? 'remove the line, or give another output the same group' : `group: ${near}`,
    },
  );
}

/** Owners, dates or margins of one group that differ from output to output. */
function contradictions(source: YamlSource, members: readonly RawEntry[]) {
  return saidOnce.flatMap((key) => {
    const saying = members.filter(({ value }) => value[key] !== undefined);
    const first = saying[0]?.value[key];
    return saying
      .filter(({ value }) => value[key] !== first)
      .map(({ path, value }) =>
        source.fault('CHARTER_VALUE', [...path, key], `two outputs of one group give a different ${key}.`, {
          found: `${key}: ${String(value[key])}, and before it ${String(first)}`,
          hint: `${key}: ${String(first)}`,
        }),
      );
  });
}

/** Outputs that share one weight: nobody says why, one is alone, or what is said of the group differs or says nothing. */
export function groupFaults(source: YamlSource): readonly WellspentError[] {
  const outputs = sectionEntries(source.content, 'outputs');
  const groups = Map.groupBy(
    outputs.filter(({ value }) => textOf(value.group) !== undefined),
    ({ value }) => String(value.group),
  );
  const ofGroups = [...groups].flatMap(([group, members]) => {
    const [first] = members;
    if (members.length === 1 && first) return [alone(source, group, first, [...groups.keys()])];
    return [...unexplained(source, group, members), ...contradictions(source, members)];
  });
  const ofNone = outputs
    .filter(({ value }) => value.group === undefined)
    .flatMap(({ path, value, id }) =>
      ['group_reason', ...saidOnce]
        .filter((key) => value[key] !== undefined)
        .map((key) =>
          source.fault(
            'CHARTER_VALUE',
            [...path, key],
            `the output "${id ?? ''}" is in no group, so "${key}" says nothing.`,
            {
              found: `${key}: ${String(value[key])}`,
              hint: 'group: the id of the group, or remove the line',
            },
          ),
        ),
    );
  return [...ofGroups, ...ofNone];
}
