import type { Table } from '../../core/index.ts';
import type { Saving } from '../../define/index.ts';
import { type EvidenceLine, whereFrom } from './claim-evidence.ts';
import type { Classification } from './classify-claim.ts';

interface EvidencedSaving {
  readonly saving: Saving;
  readonly classification: Classification;
  readonly lines: readonly EvidenceLine[];
  /** True where the charter says nothing of floors, and those of the service are taken. */
  readonly isFloorMeasured: boolean;
}

/** What the charter states for a rule that rests on no measured effect. */
const statedFields: Readonly<Record<string, readonly (keyof Saving['claim'])[]>> = {
  G1: ['definition', 'baseline'],
  G2: ['intends_less'],
  G3: ['duplicate_of'],
  G7: ['deferred'],
  G10: ['counterfactual'],
  G11: ['evidence'],
};

function sourceOf({ saving, lines, isFloorMeasured }: EvidencedSaving, rule: string): string {
  const measured = whereFrom(rule, lines);
  if (measured !== '') return measured;
  if (rule === 'G4' && isFloorMeasured) return 'measured here';
  const fields = statedFields[rule] ?? ['floor_broken'];
  return fields.some((field) => (saving.claim[field] ?? null) !== null)
    ? 'stated in the charter'
    : 'not stated in the charter';
}

/** Every rule tried for each saving, with what it looked at and where that is from. */
export function rulesTable(judged: readonly EvidencedSaving[]): Table {
  return {
    id: 'rules',
    title: 'Every rule, and what it looked at',
    columns: [
      { key: 'saving', title: 'Saving', type: 'text' },
      { key: 'rule', title: 'Rule', type: 'text' },
      { key: 'test', title: 'Test', type: 'text' },
      { key: 'holds', title: 'Holds', type: 'text' },
      { key: 'source', title: 'Where its evidence is from', type: 'text' },
      { key: 'evidence', title: 'What it looked at', type: 'text' },
      { key: 'basis', title: 'Basis', type: 'text' },
    ],
    rows: judged.flatMap((one) =>
      one.classification.rules.map(({ rule, test, truth, evidence, basis }) => ({
        saving: one.saving.title,
        rule,
        test,
        holds: truth ?? 'not known',
        evidence,
        source: sourceOf(one, rule),
        basis,
      })),
    ),
  };
}

const names: Readonly<Record<EvidenceLine['what'], string>> = {
  output: 'Output',
  outcome: 'Outcome',
  input: 'Inputs',
  'cost moved': 'Cost moved to others',
};

/** What the charter states of each effect beside what is measured here; none where nothing is measured. */
export function measuredTables(judged: readonly EvidencedSaving[]): readonly Table[] {
  const rows = judged.flatMap(({ saving, lines }) =>
    lines.flatMap(({ what, uses, stated, measured, disagrees }) =>
      measured
        ? [
            {
              saving: saving.title,
              what: names[what],
              measured: `measured here: ${measured.words}`,
              stated: stated === null ? 'not stated in the charter' : `stated in the charter: ${stated}`,
              uses,
              disagrees: disagrees ? 'yes' : null,
              evidence: measured.from,
            },
          ]
        : [],
    ),
  );
  return rows.length === 0
    ? []
    : [
        {
          id: 'measured',
          title: 'What is measured here of each saving, beside what the charter states',
          asList: { heading: 'what', above: 'saving' },
          columns: [
            { key: 'saving', title: 'Saving', type: 'text' },
            { key: 'what', title: 'What', type: 'text' },
            { key: 'measured', title: 'Measured', type: 'text' },
            { key: 'stated', title: 'Stated', type: 'text' },
            { key: 'uses', title: 'The rules look at what is', type: 'text' },
            { key: 'disagrees', title: 'Charter and data disagree', type: 'text' },
            { key: 'evidence', title: 'Evidence', type: 'text' },
          ],
          rows,
          notes: ['Before against after shows no cause: other things change in a year too.'],
        },
      ];
}
