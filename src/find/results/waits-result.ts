import type { Figure, QueryRecord, Result, Table } from '../../core/index.ts';
import { type Row, sql } from '../../stores/index.ts';
import type { Costs } from '../costs.ts';
import type { FailureFigures } from '../failure-demand/index.ts';
import { hoursOfCharter, marksOfCharter } from '../waits/charter-waits.ts';
import { gatherWaits } from '../waits/evidence.ts';
import { usualGapSeconds, usualThreshold } from '../waits/explain-waits.ts';
import { type WaitingCosts, waitingCosts } from '../waits/waiting-costs.ts';
import type { FindWorkspace } from '../workspace.ts';
import { makeResult } from './make-result.ts';
import { noWaits, tooManySteps, waitsParts } from './waits.ts';

function costsTable({ staff, contacts, delay }: WaitingCosts): Table {
  return {
    id: 'cost-of-waiting',
    title: 'What waiting goes with: three figures that are not added',
    columns: [
      { key: 'what', title: 'What', type: 'text' },
      { key: 'days', title: 'Days of waiting', type: 'days' },
      { key: 'contacts', title: 'Contacts', type: 'count' },
      { key: 'hours', title: 'Hours of work', type: 'hours' },
      { key: 'pounds', title: 'Cost', type: 'pounds' },
      { key: 'basis', title: 'Worked out from', type: 'text' },
    ],
    rows: [
      {
        what: 'Work on the cases',
        days: null,
        contacts: null,
        hours: staff.hours,
        pounds: staff.pounds,
        basis: staff.basis,
      },
      {
        what: 'Contacts that failure brings while cases wait',
        days: null,
        contacts: contacts?.contacts ?? null,
        hours: contacts?.hours ?? null,
        pounds: contacts?.pounds ?? null,
        basis:
          contacts === null
            ? 'not known: the data hold no contacts'
            : 'contacts made between two steps of a case; whether the wait caused them is not known',
      },
      {
        what: 'Delay to the person or the exchequer',
        days: delay.days,
        contacts: null,
        hours: null,
        pounds: delay.pounds,
        basis:
          delay.pounds === null
            ? 'the charter gives no cost of a day (costs: delay_day)'
            : "days of waiting at the charter's cost of a day, an assumption",
      },
    ],
  };
}

/** The costs that are known, each a figure of its own. */
function costFigures({ staff, contacts, delay }: WaitingCosts): readonly Figure[] {
  const figure = (id: string, name: string, value: number | null | undefined): readonly Figure[] =>
    value == null ? [] : [{ id, name, value, unit: 'pounds', interval: null, period: null }];
  return [
    ...figure('staff-cost', 'Staff cost of the work on the cases', staff.pounds),
    ...figure('contact-cost', 'Cost of contacts that failure brings while cases wait', contacts?.pounds),
    ...figure('delay-cost', 'Cost of delay to the person or the exchequer', delay.pounds),
  ];
}

/** With more finished steps than this the causes are left to the command that works on one log: memory stays bounded. */
const mostSteps = 2_000_000;

/** Why cases wait, over a workspace: by its charter's hours and what it says of whose waits are whose. */
export async function waitsResult(
  workspace: FindWorkspace,
  costs: Costs,
  contacts: FailureFigures | null,
  before: readonly QueryRecord[],
  signal?: AbortSignal,
): Promise<Result> {
  const { warehouse, loaded } = workspace;
  const queries: QueryRecord[] = [...before];
  const [size] = await warehouse.query<Row & { n: number }>(
    sql`select count(*) as n from events where kind = 'step' and finished is not null`,
  );
  if ((size?.n ?? 0) > mostSteps) return makeResult(workspace, tooManySteps(queries));
  const evidence = await gatherWaits(
    warehouse,
    {
      hours: hoursOfCharter(loaded.charter),
      marks: marksOfCharter(loaded.charter),
      gapSeconds: usualGapSeconds,
      threshold: usualThreshold,
      knownUntil: workspace.knownUntil ?? null,
      ...(signal ? { signal } : {}),
    },
    queries,
  );
  if (!evidence) return makeResult(workspace, noWaits(queries));
  const priced = await waitingCosts(warehouse, evidence.explained, costs, contacts, queries);
  const parts = waitsParts(evidence, queries);
  if (parts.status === 'cannot-tell') return makeResult(workspace, parts);
  const [causes, connections, ...rest] = parts.tables ?? [];
  return makeResult(workspace, {
    ...parts,
    figures: [...(parts.figures ?? []), ...costFigures(priced)],
    tables: [...(causes ? [causes] : []), ...(connections ? [connections] : []), costsTable(priced), ...rest],
  });
}
