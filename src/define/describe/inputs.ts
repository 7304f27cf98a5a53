import type { Table } from '../../core/index.ts';
import type { Charter } from '../charter/charter.ts';
import type { Input } from '../charter/outputs.ts';
import { tableOf } from './table-of.ts';

/** What an input declares of its error, in words. */
function errorInWords({ percent, source, shared }: NonNullable<Input['error']>): string {
  return `its change may be out by ${percent}% (standard error; ${source})${shared ? `, alike for all that share "${shared}"` : ''}`;
}

/** What the service uses. */
export function inputsTable({ inputs = [] }: Charter): readonly Table[] {
  const declares = inputs.some(({ error }) => error);
  return tableOf(
    'inputs',
    'What the service uses',
    [
      ['input', 'Input'],
      ['category', 'Kind'],
      ['name', 'Name in the inputs table'],
      ...(declares ? ([['error', 'Declared error']] as const) : []),
    ],
    inputs.map((input) => ({
      input: input.title,
      category: input.category,
      name: input.input ?? input.id,
      ...(declares ? { error: input.error ? errorInWords(input.error) : 'none: it counts as exact' } : {}),
    })),
  );
}
