import { textsOf } from '../readers/cells.ts';
import type { Notice, RawBatch } from '../readers/raw-table.ts';
import type { ColumnPlan } from './column-plan.ts';
import { comparable } from './names.ts';

/** Watches contact records for transfers and for ids that come again. */
export interface ContactWatch {
  look(batch: RawBatch, plans: readonly ColumnPlan[]): void;
  /** Complete only after the last batch. */
  notices(): readonly Notice[];
}

/** Ids that are remembered to find those that come again; a bound on memory. */
const mostRemembered = 200_000;

/** Makes the watch of one reading. `isDeduped` says that rows of one id are put in order already. */
export function watchContacts(isDeduped: boolean): ContactWatch {
  const seen = new Set<string>();
  const transfers = new Set<string>();
  let repeated = 0;
  let idColumn = '';
  let updatedColumn: string | undefined;

  const cellsOf = (batch: RawBatch, plans: readonly ColumnPlan[], field: string) => {
    const plan = plans.find(({ name }) => name === field);
    return plan ? { column: plan.column, cells: textsOf(batch.columns[plan.index]) } : null;
  };
  return {
    look(batch, plans) {
      const ids = cellsOf(batch, plans, 'contact_id');
      if (!ids) return;
      idColumn = ids.column;
      updatedColumn ??= plans.find(({ column }) => /updat|modif/.test(comparable(column)))?.column;
      const previous = cellsOf(batch, plans, 'previous_contact');
      for (let row = 0; row < batch.rows; row++) {
        const id = (ids.cells[row] ?? '').trim();
        if (id === '') continue;
        if (previous && (previous.cells[row] ?? '').trim() !== '') transfers.add(id);
        if (seen.has(id)) repeated += 1;
        else if (seen.size < mostRemembered) seen.add(id);
      }
    },
    notices: () => [
      ...(transfers.size === 0
        ? []
        : [
            {
              code: 'CONTACTS_TRANSFERRED' as const,
              message: `${transfers.size.toLocaleString('en-GB')} ${transfers.size === 1 ? 'contact is a transfer' : 'contacts are transfers'} of an earlier one.`,
              count: transfers.size,
            },
          ]),
      ...(repeated === 0 || isDeduped
        ? []
        : [
            {
              code: 'CONTACTS_REPEATED' as const,
              message: `${repeated.toLocaleString('en-GB')} ${repeated === 1 ? 'row repeats an id' : 'rows repeat an id'} of column "${idColumn}". If they are versions of one record, keep the latest: --dedupe "${idColumn}" --keep-latest-by ${updatedColumn === undefined ? 'with the column that says when it was updated' : `"${updatedColumn}"`}.`,
              count: repeated,
            },
          ]),
    ],
  };
}
