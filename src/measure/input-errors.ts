import { type Interval, listInWords } from '../core/index.ts';
import { type InputShare, inputErrorDraws, percentileInterval } from '../stats/index.ts';
import type { Dataset } from './dataset.ts';
import { bodyInputs, type InputGrowth, inputGrowth } from './input-states.ts';
import type { Link } from './link.ts';
import type { Study } from './study.ts';

/** What the declared errors of inputs come to in one change. */
export interface InputErrors {
  /** ln of the growth of inputs as it may be over the growth as stated, replicate by replicate. */
  readonly draws: readonly number[];
  /** The 95% range of the growth of inputs. */
  readonly interval: Interval;
  /** Which inputs declare how much, and by whom. */
  readonly words: string;
  /** Titles of the inputs that declare none and count as exact. */
  readonly exact: readonly string[];
}

const level = 0.95;

/** Inputs with their shares of the earlier cost, growth and declared errors, as errors are drawn from. */
export function inputShares(data: Dataset, inputs: readonly number[], link: Link): readonly InputShare[] {
  return link.items.map(({ item, weight, volumeRatio }) => {
    const input = data.inputList[inputs[item] ?? 0];
    return {
      weight,
      ratio: volumeRatio,
      error: input?.error
        ? { id: input.error.shared ?? `input ${input.id}`, relative: input.error.percent / 100 }
        : null,
    };
  });
}

/** Draws the declared errors of the inputs of a growth (method note, section 8, step 3); null where none is declared. */
export function inputErrors(
  { data, seed, replicates }: { readonly data: Dataset; readonly seed: number; readonly replicates: number },
  { inputs, link }: InputGrowth,
): InputErrors | null {
  if (!link) return null;
  const draws = inputErrorDraws(inputShares(data, inputs, link), seed, replicates);
  if (!draws) return null;
  const { low, high } = percentileInterval(draws, level);
  const own = inputs.flatMap((input) => data.inputList[input] ?? []);
  const declared = own.flatMap(({ title, error }) =>
    error ? [`${title} ${error.percent}% (${error.source})`] : [],
  );
  return {
    draws,
    interval: {
      low: (1 + link.volume) * Math.exp(low) - 1,
      high: (1 + link.volume) * Math.exp(high) - 1,
      level,
      method: `declared errors of inputs, log-normal, ${replicates} draws`,
      meaning:
        'If the errors declared are right, 95 of 100 such ranges would hold the true growth of inputs.',
    },
    words: listInWords(declared),
    exact: own.filter(({ error }) => !error).map(({ title }) => title),
  };
}

/** The call of `calc input-error` that gives the range of the growth of inputs again; none where nothing is declared. */
export function inputErrorCalls({
  data,
  seed,
  replicates,
  headline,
}: Pick<Study, 'data' | 'seed' | 'replicates' | 'headline'>): readonly {
  readonly method: string;
  readonly input: unknown;
}[] {
  const inputs = bodyInputs(data);
  const link = headline && inputGrowth(data, inputs, headline.comparison).link;
  if (!link || inputs.every((input) => !data.inputList[input]?.error)) return [];
  const given = inputShares(data, inputs, link).map(({ weight, ratio, error }, i) => ({
    input: data.inputList[inputs[link.items[i]?.item ?? 0] ?? 0]?.title ?? `input ${i + 1}`,
    share: weight,
    growth: ratio - 1,
    ...(error ? { error: { id: error.id, percent: 100 * error.relative } } : {}),
  }));
  return [{ method: 'input-error', input: { inputs: given, level, seed, replicates } }];
}
