/** A variable of a linear programme with its bounds; an infinite bound is none. */
interface Variable {
  readonly low: number;
  readonly high: number;
  readonly whole: boolean;
}

/** A sum of variables, each by its number and sign, that equals a constant. */
export interface Equation {
  readonly terms: readonly { readonly variable: number; readonly sign: 1 | -1 }[];
  readonly equals: number;
}

/** Variables from 0, and the equations that bind them. */
export interface LinearSystem {
  readonly variables: readonly Variable[];
  readonly equations: readonly Equation[];
}

/** One set of values that fits all equations, by number of the variable. */
type Solution = readonly { readonly variable: number; readonly value: number }[];

/** The least and the greatest value of a variable with the values of all others there; null where none fit. */
export interface SolvedRange {
  readonly low: number;
  readonly high: number;
  readonly solutions: readonly Solution[];
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
/** Its log costs a third of the time. */
const quiet = { output_flag: false };
/** How far HiGHS may miss a whole number. */
const tolerance = 1e-6;

function sumText({ terms }: Equation): string {
  const words = terms.map(({ variable, sign }) => `${sign < 0 ? '-' : '+'} x${variable}`);
  const lines = Array.from({ length: Math.ceil(words.length / termsALine) }, (_, i) =>
    words.slice(i * termsALine, (i + 1) * termsALine).join(' '),
  );
  return lines.join('\n  ');
}

function boundText({ low, high }: Variable, i: number): string {
  return `${Number.isFinite(low) ? low : '-inf'} <= x${i} <= ${Number.isFinite(high) ? high : '+inf'}`;
}

function body({ variables, equations }: LinearSystem): readonly string[] {
  return [
    'Subject To',
    ...equations.map((equation, i) => `e${i}: ${sumText(equation)} = ${equation.equals}`),
    'Bounds',
    ...variables.map(boundText),
  ];
}

/** The same system twice: as it is, and with fractions allowed, which is far quicker to solve. */
interface Texts {
  readonly exact: string;
  /** Null where no variable is whole. */
  readonly relaxed: string | null;
}

function textsOf(system: LinearSystem): Texts {
  const lines = body(system);
  const whole = system.variables.flatMap((variable, i) => (variable.whole ? [`x${i}`] : []));
  const relaxed = [...lines, 'End'].join('\n');
  return whole.length === 0
    ? { exact: relaxed, relaxed: null }
    : { exact: [...lines, 'General', ...whole, 'End'].join('\n'), relaxed };
}

/** Without the sign that zero may carry. */
const plain = (value: number) => value + 0;

interface Extreme {
  readonly value: number;
  readonly solution: Solution;
}

function extremeIn(
  highs: Solver,
  goal: 'Minimize' | 'Maximize',
  variable: number,
  text: string,
): Extreme | null {
  const { Status, ObjectiveValue, Columns } = highs.solve(`${goal}\n obj: x${variable}\n${text}\n`, quiet);
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

/** True where every whole variable of a solution is whole: the best with fractions allowed is then the best without. */
function isWhole({ solution }: Extreme, { variables }: LinearSystem): boolean {
  return (
    solution.length > 0 &&
    solution.every(
      ({ variable, value }) =>
        variables[variable]?.whole !== true || Math.abs(value - Math.round(value)) <= tolerance,
    )
  );
}

/** Sums of tables mostly have whole corners, so the programme in whole numbers is solved only where fractions come out. */
function extreme(
  highs: Solver,
  goal: 'Minimize' | 'Maximize',
  variable: number,
  { exact, relaxed }: Texts,
  system: LinearSystem,
): Extreme | null {
  if (relaxed === null) return extremeIn(highs, goal, variable, exact);
  const found = extremeIn(highs, goal, variable, relaxed);
  // What has no solution in fractions has none in whole numbers.
  if (found === null || isWhole(found, system)) return found;
  return extremeIn(highs, goal, variable, exact);
}

/**
 * The exact range of a variable of a system, by HiGHS (Huangfu and Hall, 2018, Parallelizing the dual revised
 * simplex method). Whole variables take whole values only. The promise is of a function that answers at once.
 */
export async function rangeSolver(): Promise<(system: LinearSystem, variable: number) => SolvedRange | null> {
  const highs = await loadSolver();
  return (system, variable) => {
    const texts = textsOf(system);
    const least = extreme(highs, 'Minimize', variable, texts, system);
    const most = least && extreme(highs, 'Maximize', variable, texts, system);
    if (!least || !most) return null;
    const whole = system.variables[variable]?.whole === true;
    return {
      low: plain(whole ? Math.ceil(least.value - tolerance) : least.value),
      high: plain(whole ? Math.floor(most.value + tolerance) : most.value),
      solutions: [least.solution, most.solution],
    };
  };
}
