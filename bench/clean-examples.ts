/**
 * How often a trap is reported on the made-up examples: `clean-examples.ts [SEEDS] [EXAMPLE] [REPLICATES]` makes each service with
 * its trap and without, for seeds from 1 on, and counts what its pages say. Without the trap it should be named in at
 * most 5 of 100 seeds.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { buildExample as buildClaims } from '../examples/claims/build.ts';
import { buildExample as buildContactCentre } from '../examples/contact-centre/build.ts';
import { planted as contactCentre } from '../examples/contact-centre/planted.ts';
import { buildExample as buildCouncil } from '../examples/council/build.ts';
import { buildExample as buildOperations } from '../examples/operations/build.ts';
import { expectedOf } from '../examples/operations/expected.ts';
import type { CellValue, Result } from '../src/core/index.ts';
import { find } from '../src/find/index.ts';
import { buildWorkspace, openWorkspace } from '../src/ingest/index.ts';
import { measure } from '../src/measure/index.ts';

/** What one seed showed: a mark for each thing that was said, or that a range held. */
type Marks = Readonly<Record<string, boolean>>;

/** The part of a truth file that is compared. */
interface Truth {
  readonly realised: {
    readonly cost_generated_change: number;
    readonly next_minute: number;
    readonly after: { readonly overpaid_share: number };
    readonly best: Readonly<Record<string, number>>;
  };
}

interface Variant {
  readonly example: string;
  readonly variant: string;
  readonly build: (dir: string, seed: number) => Promise<void>;
  /** Whether the findings are needed. */
  readonly finds: boolean;
  /** `truth` gives what came out in this draw of the example's generator, as its truth.yaml has it. */
  readonly read: (results: readonly Result[], truth: () => Truth) => Marks;
}

function rowsOf(results: readonly Result[], id: string, table: string) {
  const result = results.find((one) => one.id === id);
  const rows: readonly Readonly<Record<string, CellValue>>[] =
    result?.tables.find((one) => one.id === table)?.rows ?? [];
  return rows;
}

function holds(results: readonly Result[], id: string, figure: string, truth: number): boolean {
  const found = results.find((one) => one.id === id)?.figures.find((one) => one.id === figure);
  return found?.interval ? found.interval.low <= truth && truth <= found.interval.high : false;
}

/** What the page on targets says: by how they are defined, which no trap changes, and by what they leave in the data. */
function readTargets(results: readonly Result[]): Marks {
  if (rowsOf(results, 'trust', 'rules').length === 0) return {};
  return {
    'target named as misleading by its definition': rowsOf(results, 'trust', 'rules').some(
      ({ state }) => state === 'yes',
    ),
    'numbers of a target named as consistent with gaming': rowsOf(results, 'trust', 'screens').some(
      ({ adjusted }) => typeof adjusted === 'number' && adjusted <= 0.05,
    ),
  };
}

const { X, Y } = contactCentre.teams;
const readTeams = (results: readonly Result[]): Marks => ({
  'contacts handled named as pointing the wrong way': results.some(({ figures }) =>
    figures.some(({ id }) => id === 'wrong-way'),
  ),
  'letters named as bringing contacts': rowsOf(results, 'findings', 'findings').some(
    ({ pattern }) => pattern === 'failure-demand',
  ),
});
const ofOperations = expectedOf(false);
const readUnits = (results: readonly Result[]): Marks => {
  const units = results.find(({ id }) => id === 'units');
  const has = (figure: string) => units?.figures.some(({ id }) => id === figure) ?? false;
  const proposals = rowsOf(results, 'units', 'practices').map(({ proposal }) => String(proposal));
  return {
    'operations counted named as pointing the wrong way': has('wrong-way'),
    'something counted that is no operation': has('not-output'),
    'easier cases named': units?.caveats.some((text) => text.includes('easier cases')) ?? false,
    'a way of working proposed': proposals.some((text) => text !== ''),
  };
};
const readChanges = (results: readonly Result[]): Marks => ({
  'a difference named as beyond chance': rowsOf(results, 'after-changes', 'before-and-after').some(
    ({ verdict }) => verdict !== 'not enough evidence yet',
  ),
  'a change on the year before named as real': rowsOf(results, 'change', 'changes').some(
    ({ verdict }) => verdict === 'real',
  ),
});

const readClaims = (results: readonly Result[], truth: () => Truth): Marks => {
  const { realised } = truth();
  const best = Object.entries(realised.best).map(([kind, minutes]) => {
    const [size, risk] = kind.split(', ');
    const figure = risk === undefined ? 'best-all' : `best-claims-of-${size}-size-and-${risk}-risk`;
    return [`range holds the best effort, ${kind}`, holds(results, 'effort', figure, minutes)] as const;
  });
  const cost = results.find(({ id }) => id === 'cost-generated');
  const change = cost?.figures.find(({ id }) => id === 'dearer' || id === 'change');
  const reading = rowsOf(results, 'effort', 'best-effort');
  return {
    'claims named as dearer in the end': change?.id === 'dearer',
    'claims named as cheaper in the end': (change?.interval?.high ?? 0) < 0,
    'range holds the change of cost generated': holds(
      results,
      'cost-generated',
      change?.id ?? '',
      realised.cost_generated_change,
    ),
    'range holds what is overpaid': holds(
      results,
      'cost-generated',
      'overpaid-later',
      realised.after.overpaid_share,
    ),
    'more care named as paying on large claims of high risk': reading.some(
      ({ kind, reading: said }) => kind === 'claims of large size and high risk' && said === 'more would pay',
    ),
    ...Object.fromEntries(best),
  };
};

const variants: readonly Variant[] = [
  {
    example: 'claims',
    variant: 'clean: the fast track leaves checking as it was',
    build: (dir, seed) => buildClaims(dir, { seed, clean: true }),
    finds: false,
    read: readClaims,
  },
  {
    example: 'claims',
    variant: 'with the trap',
    build: (dir, seed) => buildClaims(dir, { seed }),
    finds: false,
    read: (results, truth) => ({
      ...readClaims(results, truth),
      // From about 12 to 25 minutes; the clean service spends twice that.
      'range holds what a further minute saves': holds(
        results,
        'effort',
        'saved-all',
        truth().realised.next_minute,
      ),
    }),
  },
  {
    example: 'contact-centre',
    variant: 'clean: both teams leave 25%, letters in time',
    build: (dir, seed) => buildContactCentre(dir, { seed, clean: true }),
    finds: true,
    read: readTeams,
  },
  {
    example: 'contact-centre',
    variant: 'with the trap',
    build: (dir, seed) => buildContactCentre(dir, { seed }),
    finds: true,
    read: (results) => ({
      ...readTeams(results),
      'range holds 2.784 resolved by X': holds(results, 'resolved', 'resolved-X', X.resolvedPerHour),
      'range holds 3.149 resolved by Y': holds(results, 'resolved', 'resolved-Y', Y.resolvedPerHour),
      'range holds 42% back to X': holds(results, 'resolved', 'repeat-X', X.repeatShare),
      'range holds 18% back to Y': holds(results, 'resolved', 'repeat-Y', Y.repeatShare),
    }),
  },
  {
    example: 'operations',
    variant: 'clean: three hospitals alike',
    build: (dir, seed) => buildOperations(dir, { seed, clean: true }),
    finds: false,
    read: readUnits,
  },
  {
    example: 'operations',
    variant: 'with the trap',
    build: (dir, seed) => buildOperations(dir, { seed }),
    finds: false,
    read: (results) => {
      const { countedLead, behind, shareThird, mix, adjusted } = ofOperations;
      const said = results.find(({ id }) => id === 'units')?.next.join(' ') ?? '';
      return {
        ...readUnits(results),
        'same-day discharge proposed': said.includes('Copy from Hospital C: "Home on the day'),
        'ring-fencing proposed': said.includes('Ring-fence beds'),
        'range holds 12% more counted': holds(results, 'units', 'counted-lead', countedLead),
        'range holds how far A is behind': holds(results, 'units', 'wrong-way', behind),
        'range holds 94% of weights': holds(results, 'units', 'keeps-place', shareThird),
        'range holds how easy A’s patients are': holds(results, 'units', 'mix', mix.A - 1),
        'range holds what counts at A': holds(results, 'units', 'adjusted-A', adjusted.A),
        'range holds what counts at C': holds(results, 'units', 'adjusted-C', adjusted.C),
      };
    },
  },
  {
    example: 'council',
    variant: 'clean: neither change did anything',
    build: (dir, seed) => buildCouncil(dir, { seed }),
    finds: false,
    read: (results) => ({
      ...readChanges(results),
      'range holds no effect of the second change': holds(results, 'after-changes', 'triage-in-time', 0),
    }),
  },
  {
    example: 'council',
    variant: 'the second change adds fifteen points',
    build: (dir, seed) => buildCouncil(dir, { seed, effect: 0.15 }),
    finds: false,
    read: (results) => ({
      ...readChanges(results),
      'range holds fifteen points': holds(results, 'after-changes', 'triage-in-time', 0.15),
    }),
  },
];

async function marksOf(variant: Variant, seed: number, replicates: number): Promise<Marks> {
  const dir = mkdtempSync(join(tmpdir(), `${variant.example}-`));
  try {
    await variant.build(dir, seed);
    await buildWorkspace(dir);
    const workspace = await openWorkspace(dir);
    try {
      const measured = await measure(workspace, { replicates });
      const results = [...measured, ...(variant.finds ? await find(workspace) : [])];
      const truth = () => parse(readFileSync(join(dir, 'truth.yaml'), 'utf8')) as Truth;
      return { ...variant.read(results, truth), ...readTargets(results) };
    } finally {
      await workspace.close();
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const [seeds = '100', only, replicates = '20'] = process.argv.slice(2);
for (const variant of variants) {
  if (only !== undefined && variant.example !== only) continue;
  const counts = new Map<string, number>();
  for (let seed = 1; seed <= Number(seeds); seed++)
    for (const [mark, isSo] of Object.entries(await marksOf(variant, seed, Number(replicates))))
      counts.set(mark, (counts.get(mark) ?? 0) + (isSo ? 1 : 0));
  const { example, variant: name } = variant;
  process.stdout.write(
    `${JSON.stringify({ example, variant: name, seeds: Number(seeds), ...Object.fromEntries(counts) })}\n`,
  );
}
