import { countOf, formatValue, leastCases, listInWords } from '../../core/index.ts';
import type { Sql, Warehouse } from '../../stores/index.ts';
import { type CaseSample, everyCase, scaleOf } from '../queries/case-sample.ts';
import { sharedCases } from '../queries/shared-cases.ts';
import type { Finding } from './finding.ts';
import { signs } from './signs.ts';

/** Two findings see the same work where they share at least this part of the cases of each. */
const leastShared = 0.5;
/** The others that a finding names, most shared cases first. */
const mostNamed = 3;

/** The cases in which a finding brings about work: of a wait those with work of its own, not all that pass. */
function casesWithWork({ affected, induced }: Finding): Sql | null {
  return affected ?? induced ?? null;
}

const isPriced = ({ hours, pounds }: Finding) => (pounds ?? hours ?? 0) > 0;

/**
 * For each priced finding, the others whose work it may count too and the cases they share, in words; keyed by the id
 * of the finding. Findings whose cases are not known by their ids have none. Of a sample the cases are scaled up.
 */
export async function seenTwice(
  warehouse: Warehouse,
  findings: readonly Finding[],
  sample: CaseSample = everyCase,
): Promise<ReadonlyMap<string, string>> {
  const priced = findings.flatMap((finding, place) => {
    const cases = isPriced(finding) ? casesWithWork(finding) : null;
    return cases ? [{ finding, cases, place: place + 1 }] : [];
  });
  const shared = await sharedCases(
    warehouse,
    priced.map(({ cases }) => cases),
  );
  const size = (i: number) => shared(i, i);
  const scale = scaleOf(sample);
  const inWords = (both: number) =>
    scale === 1 ? countOf(both, 'case') : `about ${countOf(Math.round(both * scale), 'case')}`;
  const words = priced.map(({ finding }, i) => {
    const others = priced
      .map((other, j) => ({ ...other, both: i === j ? 0 : shared(i, j), size: size(j) }))
      .filter(
        (other) => other.both >= leastCases && other.both >= leastShared * Math.max(size(i), other.size),
      )
      .toSorted((a, b) => b.both - a.both || a.place - b.place)
      .slice(0, mostNamed)
      .map(
        ({ finding: other, place, both }) =>
          `finding ${place} of this list (${signs[other.pattern].toLowerCase()}) has ${inWords(both)} in common with it, ${formatValue(both / size(i), 'share')} of those in which this work is done`,
      );
    return [
      finding.id,
      others.length === 0 ? '' : `Overlaps, so do not add their hours and pounds: ${listInWords(others)}.`,
    ] as const;
  });
  return new Map(words.filter(([, said]) => said !== ''));
}
