import { identifier, joinSql, sql } from '../../../stores/index.ts';
import { noteColumns } from '../columns.ts';
import type { RowDetector } from '../detector.ts';
import { hit, holdsAnyWord, listOf } from '../fragments.ts';
import { pausingSteps } from './clock-pause.ts';

const leastDays = 21;
const timesMedian = 5;
const leastPairs = 20;
const words = ['spreadsheet', 'excel', 'email', 'e-mail', 'phoned', 'own list', 'shared drive'];

/** Long silences in a case, which may be work done outside the system. */
export const offSystemGaps: RowDetector = {
  kind: 'rows',
  id: 'off-system-gaps',
  title: 'Silences far longer than usual',
  rule: 'A wait of over 21 days and over 5 times the median between the same two steps, where at least 20 cases go that way. Waits for the person, as the charter names them, are left out.',
  distorts:
    'What happened meanwhile is not in the data: it may be a wait, or work done in a spreadsheet or by email.',
  remedy:
    'Ask the people who do the work what happens between these two steps. By time alone, about half of such silences are plain waits.',
  touches: ['waits', 'effort'],
  level: 'know',
  counts: 'cases',
  needs: (shape) => (shape.filled.at > 0 ? null : 'events with their times'),
  hits: (data) => {
    const { dialect } = data.warehouse;
    const declared = pausingSteps(data);
    const own = declared.length > 0 ? sql` and step not in ${listOf(declared)}` : sql``;
    const pairs = sql`select step, next_step, ${dialect.quantile(sql`next_wait`, 0.5)} as median from events
  where next_step is not null${own} group by step, next_step having count(*) >= ${leastPairs} and max(next_wait) > ${leastDays * 86_400}`;
    return sql`select ${hit({ seq: sql`seq`, pattern: sql`'long silence'`, step: sql`step`, team: sql`team`, extent: sql`next_wait` })}
from (select e.case_id, e.seq, e.step, e.team, e.next_wait
  from events as e join (${pairs}) as p on p.step = e.step and p.next_step = e.next_step
  where e.next_wait > ${leastDays * 86_400} and e.next_wait > ${timesMedian} * p.median) as gaps`;
  },
};

/** Work outside the system, told by words in notes. */
export const offSystemWords: RowDetector = {
  kind: 'rows',
  id: 'off-system-words',
  title: 'Notes that speak of work outside the system',
  rule: `Notes that hold one of the words ${words.join(', ')}. The text is never shown.`,
  distorts: 'Part of the work and of the waiting is not in the data.',
  remedy: 'Ask what the spreadsheet or list does that the system does not.',
  touches: ['waits', 'effort'],
  level: 'alarm',
  counts: 'cases',
  needs: (shape) =>
    noteColumns(shape).length > 0
      ? null
      : 'a column of notes; free text is left out unless the mapping names it',
  hits: (_data, shape) => {
    const tests = noteColumns(shape).map((name) => holdsAnyWord(sql`${identifier(name)}`, words));
    return sql`select ${hit({ seq: sql`seq`, pattern: sql`'words in notes'`, step: sql`step`, team: sql`team` })}
from events where ${joinSql(tests, ' or ')}`;
  },
};
