import { listInWords, periodLabel } from '../core/index.ts';
import type { InputCell } from './cells.ts';
import type { Comparison } from './comparison.ts';
import type { Dataset } from './dataset.ts';
import { type Link, linkBetween } from './link.ts';
import type { ItemState } from './snapshot.ts';

/** What people outside the body give is shown apart, never merged into its inputs in silence. */
export const citizenTime = 'citizen-time';

/** Places of the body's own inputs in the list. */
export function bodyInputs(data: Dataset): readonly number[] {
  return data.inputList.flatMap((input, i) => (input.category === citizenTime ? [] : [i]));
}

function stateOf(
  cells: readonly InputCell[],
  input: number,
  starts: readonly string[],
  isOnly: boolean,
): ItemState {
  const wanted = new Set(starts);
  const own = cells.filter((cell) => cell.input === input && wanted.has(cell.period));
  const isWhole =
    new Set(own.map((cell) => cell.period)).size === wanted.size && own.every((cell) => cell.volume !== null);
  const volume = own.reduce((sum, cell) => sum + (cell.volume ?? 0), 0);
  const cost = own.every((cell) => cell.cost !== null)
    ? own.reduce((sum, cell) => sum + (cell.cost ?? 0), 0)
    : null;
  return {
    quantity: isWhole && own.length > 0 ? volume / starts.length : null,
    cost: cost !== null && cost > 0 && volume > 0 ? cost / volume : isOnly ? 1 : null,
    levels: [],
    weights: [],
  };
}

/** The given inputs over some periods: mean volume a period and pounds for one unit of it. */
export function inputStates(
  data: Dataset,
  inputs: readonly number[],
  starts: readonly string[],
): readonly ItemState[] {
  return inputs.map((input) => stateOf(data.inputs, input, starts, inputs.length === 1));
}

/** Growth of input volume, or what is missing for it to be told. */
export type InputGrowth =
  | { readonly link: Link; readonly inputs: readonly number[]; readonly missing: null }
  | { readonly link: null; readonly inputs: readonly number[]; readonly missing: string };

function missingPeriods(data: Dataset, input: number, starts: readonly string[]): readonly string[] {
  const held = new Set(data.inputs.filter((cell) => cell.input === input).map((cell) => cell.period));
  return starts.filter((start) => !held.has(start));
}

/** Why the growth of an input cannot be told, and what would let it be. */
export interface InputFault {
  readonly input: number;
  readonly words: string;
  readonly remedy: string;
}

function faultOf(
  data: Dataset,
  input: number,
  isOnly: boolean,
  starts: readonly string[],
): InputFault | null {
  const { title, volumeFrom } = data.inputList[input] ?? { title: 'an input', volumeFrom: 'none' };
  const own = data.inputs.filter((cell) => cell.input === input);
  const fault = (words: string, remedy: string): InputFault => ({ input, words, remedy });
  if (own.length === 0)
    return fault(
      `"${title}" has no rows in the table of inputs`,
      `Add rows of "${title}" to the table of inputs.`,
    );
  if (volumeFrom === 'none')
    return fault(
      `"${title}" has neither a volume nor a cost with a deflator in every row`,
      own.every(({ cost }) => cost !== null)
        ? `Give "${title}" a deflator: a price index in every row of it, in the column "deflator" of the table of inputs.`
        : `Give "${title}" a volume in every row, or a cost with a deflator.`,
    );
  const absent = missingPeriods(data, input, starts);
  if (absent.length > 0) {
    const when =
      absent.length === 1
        ? periodLabel(data.grain, absent[0] ?? '')
        : `${absent.length} of ${starts.length} periods`;
    return fault(
      `"${title}" is missing for ${when}`,
      `Add the rows of "${title}" that are missing: ${when}.`,
    );
  }
  if (!isOnly && own.some((cell) => starts.includes(cell.period) && cell.cost === null))
    return fault(
      `"${title}" has no cost, so its share of inputs is not known`,
      `Give "${title}" its cost in every row, so that it can be weighed against the others.`,
    );
  return null;
}

/** What keeps the growth of the given inputs from being told, input by input. */
export function inputFaults(
  data: Dataset,
  inputs: readonly number[],
  { earlier, later }: Pick<Comparison, 'earlier' | 'later'>,
): readonly InputFault[] {
  const starts = [...new Set([...earlier, ...later])];
  return inputs.flatMap((input) => faultOf(data, input, inputs.length === 1, starts) ?? []);
}

/** What to do where inputs cannot be told: a remedy for each input at fault, or the table that is wanted. */
export function inputRemedies(data: Dataset, comparison: Comparison | null): readonly string[] {
  const body = bodyInputs(data);
  const faults = comparison ? inputFaults(data, body, comparison) : [];
  if (faults.length > 0) return faults.map(({ remedy }) => remedy);
  if (body.length > 0) return [];
  return [
    'Add a table of inputs by period: paid hours by grade with their cost, agency staff, and other spending with a deflator.',
  ];
}

/** Growth of the given inputs between two sets of periods: chained Laspeyres at the earlier cost shares. */
export function inputGrowth(data: Dataset, inputs: readonly number[], comparison: Comparison): InputGrowth {
  if (inputs.length === 0)
    return { link: null, inputs, missing: 'no inputs are recorded (no hours, pay or spending)' };
  const faults = inputFaults(data, inputs, comparison).map(({ words }) => words);
  if (faults.length > 0) return { link: null, inputs, missing: listInWords(faults) };
  const link = linkBetween(
    inputStates(data, inputs, comparison.earlier),
    inputStates(data, inputs, comparison.later),
  );
  if (!link) return { link: null, inputs, missing: 'inputs of the earlier periods add to nothing' };
  return { link, inputs, missing: null };
}

/** Input volume at the earlier unit costs by block; null where some block has no inputs. */
export function inputBlocks(
  data: Dataset,
  inputs: readonly number[],
  comparison: Comparison,
  blocks: number,
): { readonly earlier: readonly number[]; readonly later: readonly number[] } | null {
  const base = inputStates(data, inputs, comparison.earlier);
  const values = (starts: readonly string[]) => {
    const wanted = new Set(starts);
    const byBlock = new Map<string, number>();
    for (const cell of data.inputs) {
      const at = inputs.indexOf(cell.input);
      if (at < 0 || !wanted.has(cell.period)) continue;
      const value = (cell.volume ?? 0) * (base[at]?.cost ?? 0);
      byBlock.set(cell.block, (byBlock.get(cell.block) ?? 0) + value);
    }
    return [...byBlock.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
  };
  const [earlier, later] = [values(comparison.earlier), values(comparison.later)];
  return earlier.length === blocks && later.length === blocks ? { earlier, later } : null;
}
