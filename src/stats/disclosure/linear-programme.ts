/** A variable of a linear programme with its bounds; an infinite bound is none. */
interface Variable {
  readonly low: number;
  readonly high: number;
  readonly whole: boolean;
}

/** A sum of variables, each by its number and sign, that equals zero. */
type Equation = readonly { readonly variable: number; readonly sign: 1 | -1 }[];

/** Variables from 0, and the equations that bind them. */
export interface LinearSystem {
  readonly variables: readonly Variable[];
  readonly equations: readonly Equation[];
}

/** Answers about one system, each exact. */
export interface RangeSolver {
  /** The least and the greatest value that one variable can take; null where no values fit all equations. */
  readonly rangeOf: (variable: number) => { readonly low: number; readonly high: number } | null;
  /** True when two fitting solutions differ by at least the width in that variable. */
  readonly spans: (variable: number, width: number) => boolean;
}

type Solver = Awaited<ReturnType<typeof import('highs').default>>;

let solver: Promise<Solver> | undefined;

/** HiGHS is three megabytes of WebAssembly, so it is loaded when the first programme is solved. */
async function loadSolver(): Promise<Solver> {
  // The types of the package speak of its CommonJS form, whose default lies one step deeper.
  solver ??= import('highs').then(({ default: load }) => (load as unknown as typeof load.default)());
  return solver;
}

const termsALine = 16;
/** How far HiGHS may miss a whole number. */
const tolerance = 1e-6;

function sumText(equation: Equation): string {
  const terms = equation.map(({ variable, sign }) => `${sign < 0 ? '-' : '+'} x${variable}`);
  const lines = Array.from({ length: Math.ceil(terms.length / termsALine) }, (_, i) =>
    terms.slice(i * termsALine, (i + 1) * termsALine).join(' '),
  );
  return lines.join('\n  ');
}

function boundText({ low, high }: Variable, i: number): string {
  return `${Number.isFinite(low) ? low : '-inf'} <= x${i} <= ${Number.isFinite(high) ? high : '+inf'}`;
}

function body({ variables, equations }: LinearSystem): string {
  const whole = variables.flatMap((variable, i) => (variable.whole ? [`x${i}`] : []));
  return [
    'Subject To',
    ...equations.map((equation, i) => `e${i}: ${sumText(equation)} = 0`),
    'Bounds',
    ...variables.map(boundText),
    ...(whole.length > 0 ? ['General', ...whole] : []),
    'End',
  ].join('\n');
}

/** Without the sign that zero may carry. */
const plain = (value: number) => value + 0;

function extreme(highs: Solver, goal: 'Minimize' | 'Maximize', variable: number, text: string) {
  const { Status, ObjectiveValue, Columns } = highs.solve(`${goal}\n obj: x${variable}\n${text}\n`);
  if (Status === 'Infeasible') return null;
  const open = goal === 'Maximize' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  if (Status !== 'Optimal') return { value: open, solution: [] };
  return {
    value: ObjectiveValue,
    solution: Object.values(Columns).map((column) => ({
      variable: Number(column.Name.slice(1)),
      value: 'Primal' in column ? Number(column.Primal) : Number.NaN,
    })),
  };
}

/**
 * Solves for the exact range of any variable of a system, by HiGHS (Huangfu and Hall, 2018, Parallelizing the
 * dual revised simplex method). Whole variables take whole values only.
 */
export async function rangeSolver(system: LinearSystem): Promise<RangeSolver> {
  const highs = await loadSolver();
  const text = body(system);
  const seen = system.variables.map(() => ({
    low: Number.POSITIVE_INFINITY,
    high: Number.NEGATIVE_INFINITY,
  }));
  const solve = (goal: 'Minimize' | 'Maximize', variable: number): number | null => {
    const found = extreme(highs, goal, variable, text);
    for (const { variable: other, value } of found?.solution ?? []) {
      const range = seen[other];
      if (range === undefined || Number.isNaN(value)) continue;
      range.low = Math.min(range.low, value);
      range.high = Math.max(range.high, value);
    }
    return found?.value ?? null;
  };
  const rangeOf: RangeSolver['rangeOf'] = (variable) => {
    const low = solve('Minimize', variable);
    const high = low === null ? null : solve('Maximize', variable);
    if (low === null || high === null) return null;
    return system.variables[variable]?.whole === true
      ? { low: plain(Math.ceil(low - tolerance)), high: plain(Math.floor(high + tolerance)) }
      : { low: plain(low), high: plain(high) };
  };
  return {
    rangeOf,
    spans: (variable, width) => {
      const range = seen[variable];
      // Solutions met on the way to other answers often settle this one.
      if (range !== undefined && range.high - range.low >= width + tolerance) return true;
      const exact = rangeOf(variable);
      return exact === null || exact.high - exact.low >= width;
    },
  };
}
