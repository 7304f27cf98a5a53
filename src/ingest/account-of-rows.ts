import { countOf, meaningInWords } from '../core/index.ts';
import { faultyRows, isFaulty, repeatedRows, unwantedRows } from './faulty-rows.ts';
import type { ManifestSource } from './store/manifest.ts';

/** What became of the rows of all files; `faulty + repeated + unwanted` were set aside. */
export interface RowAccount {
  readonly rowsIn: number;
  readonly setAside: number;
  /** Set aside for a fault of theirs: to be corrected at their source. */
  readonly faulty: number;
  /** Came again, alike or in a newer version: one of them counts, nothing is lost. */
  readonly repeated: number;
  /** Hold nothing of what was asked for. */
  readonly unwanted: number;
}

/** Adds up what became of the rows of each file. */
export function accountOf(sources: readonly ManifestSource[]): RowAccount {
  const sum = (of: (source: ManifestSource) => number) =>
    sources.reduce((total, source) => total + of(source), 0);
  return {
    rowsIn: sum(({ rowsIn }) => rowsIn),
    setAside: sum(({ rowsSetAside }) => rowsSetAside),
    faulty: sum(faultyRows),
    repeated: sum(repeatedRows),
    unwanted: sum(unwantedRows),
  };
}

const counted = (n: number) => n.toLocaleString('en-GB');

/** The first sentence of what a reason means, to stand after a colon. */
function causeInWords(reason: string): string {
  const [first = ''] = meaningInWords(reason).replace(/\.$/, '').split('. ');
  return first.charAt(0).toLowerCase() + first.slice(1);
}

/** Why rows were set aside for a fault: the reason, or the most common of several. */
function causes(sources: readonly ManifestSource[]): string {
  const counts = new Map<string, number>();
  for (const { reasons } of sources)
    for (const { reason, rows } of reasons)
      if (isFaulty(reason)) counts.set(reason, (counts.get(reason) ?? 0) + rows);
  const [most, next] = [...counts].sort((a, b) => b[1] - a[1]);
  if (!most) return '';
  const cause = causeInWords(most[0]);
  if (!next) return `: ${cause}`;
  const which = most[1] > next[1] ? 'the most common' : 'one';
  return ` for ${counts.size} reasons, ${which} of which (${countOf(most[1], 'row')}) is: ${cause}`;
}

/** Whether some rows came again within what a stated key tells, so that not all came in a later extract. */
function isKeyed(sources: readonly ManifestSource[]): boolean {
  return sources.some((source) => source.dedupe !== undefined && repeatedRows(source) > 0);
}

function othersInWords({ faulty, repeated, unwanted }: RowAccount, sources: readonly ManifestSource[]) {
  const another = faulty > 0 ? 'Another ' : '';
  const again = isKeyed(sources)
    ? 'came again, alike or in a newer version'
    : 'came again in another extract';
  return [
    ...(repeated > 0
      ? [
          `${another}${countOf(repeated, 'row')} ${again}: ${repeated === 1 ? 'it counts' : 'they count'} once, and nothing is lost.`,
        ]
      : []),
    ...(unwanted > 0
      ? [
          `${another}${countOf(unwanted, 'row')} ${unwanted === 1 ? 'holds' : 'hold'} nothing of what was asked for.`,
        ]
      : []),
  ];
}

/** Says in a sentence or two whether rows were left out, and which of them are a loss. */
export function accountInWords(account: RowAccount, sources: readonly ManifestSource[]): string {
  if (sources.length === 0) return 'No data have been brought in yet.';
  const { rowsIn, setAside, faulty } = account;
  const files = countOf(sources.length, 'file');
  if (setAside === 0)
    return rowsIn === 1
      ? `The one row of ${files} was used.`
      : `All ${counted(rowsIn)} rows of ${files} were used.`;
  const others = othersInWords(account, sources);
  const first =
    faulty > 0
      ? `${counted(faulty)} of ${countOf(rowsIn, 'row')} ${faulty === 1 ? 'was' : 'were'} set aside as unusable${causes(sources)}.`
      : `None of the ${countOf(rowsIn, 'row')} of ${files} had to be set aside as unusable.`;
  return [first, ...others].join(' ');
}
