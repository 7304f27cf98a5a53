import { countOf, dateLabel, provenance, type Result } from '../../core/index.ts';
import type { LoadedCharter } from '../charter/charter.ts';
import { inEnglish } from '../in-english.ts';
import { charterWarnings } from '../warnings.ts';
import { assumptionsTable } from './assumptions.ts';
import { changesTable, clocksTable } from './clocks.ts';
import { contactsTable } from './contacts.ts';
import { endingsAndGroups } from './endings.ts';
import { floorsAndTargets } from './floors-and-targets.ts';
import { inputsTable } from './inputs.ts';
import { linkedSeriesTables } from './linked-series.ts';
import { outcomesTable, outputsTable, qualityTable } from './outcomes.ts';
import { paymentsTable } from './payments.ts';
import { tableOf } from './table-of.ts';
import { unitsTable } from './units.ts';
import { waitsTable } from './waits.ts';

/** Settings of describing a charter. */
export interface DescribeOptions {
  /** Today, as an ISO date: assumptions past their review date are then pointed out. */
  readonly today?: string;
}

/**
 * The charter in plain English as a Result (id `charter`): what the service is for, and tables `outcomes`,
 * `outputs`, `quality`, `inputs`, `floors`, `targets`, `clocks`, `annual-figures`, `discontinuities`, `endings`, `groups`, `waits`, `assumptions` and
 * `unmeasured`, each present where the charter has such entries.
 */
export function describeCharter(loaded: LoadedCharter, options: DescribeOptions = {}): Result {
  const { charter, hash } = loaded;
  const today = options.today?.slice(0, 10);
  const missing = charter.outcomes.filter(({ measure }) => measure === undefined);
  const partial = (charter.targets ?? []).filter(({ of }) => of !== undefined);
  const warnings = today === undefined ? [] : charterWarnings(loaded, today);
  const overdue = warnings.filter(({ code }) => code === 'CHARTER_REVIEW_DUE');
  const measured = charter.outcomes.length - missing.length;
  const purpose = charter.purpose.trim();
  return {
    id: 'charter',
    question: 'What is this service for, and what do we mean by productive?',
    answer: /[.!?]$/.test(purpose) ? purpose : `${purpose}.`,
    status: missing.length > 0 ? 'caution' : 'sound',
    figures: [
      {
        id: 'outcomes-measured',
        name: `Intended outcomes that are measured, of ${charter.outcomes.length}`,
        value: measured,
        unit: 'count',
        interval: null,
        period: null,
      },
    ],
    tables: [
      ...outcomesTable(charter),
      ...outputsTable(charter),
      ...qualityTable(charter),
      ...floorsAndTargets(charter),
      ...clocksTable(charter),
      ...changesTable(charter),
      ...linkedSeriesTables(charter),
      ...contactsTable(charter),
      ...paymentsTable(charter),
      ...unitsTable(charter),
      ...inputsTable(charter),
      ...endingsAndGroups(charter),
      ...waitsTable(charter),
      ...assumptionsTable(charter, today),
      ...tableOf(
        'unmeasured',
        'What matters and is not measured',
        [['what', 'What is not measured']],
        [...missing.map(({ title }) => title), ...(charter.unmeasured ?? [])].map((what) => ({ what })),
      ),
    ],
    charts: [],
    caveats: [
      ...(charter.demonstration ? ['The data of this service are made up, for demonstration.'] : []),
      ...(charter.about ? [charter.about.trim()] : []),
      ...missing.map(({ title }) => `Nobody measures the outcome "${title}".`),
      ...partial.map(
        ({ title, of = '' }) => `The target "${title}" covers only ${inEnglish(of, charter.clocks ?? [])}.`,
      ),
      ...overdue.map(({ message }) => `${message.charAt(0).toUpperCase()}${message.slice(1)}`),
    ],
    next: [
      ...(missing.length > 0
        ? [`Find a measure for ${countOf(missing.length, 'outcome')} that nobody measures.`]
        : []),
      ...(overdue.length > 0 ? [`Ask the owners to review ${countOf(overdue.length, 'assumption')}.`] : []),
    ],
    provenance: provenance({
      method: `The charter, version ${charter.version}, in force from ${dateLabel(charter.effective)}, answered for by: ${charter.owner}.`,
      charter: { service: charter.service, version: charter.version, hash },
    }),
  };
}
