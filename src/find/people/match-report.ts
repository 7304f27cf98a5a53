/** What a report says that can be held against findings. */
interface ReportWords {
  readonly what: string;
  readonly why: string | null;
  readonly step: string | null;
  readonly team: string | null;
}

/** A finding as far as a report can be matched to it. */
export interface MatchableFinding {
  readonly id: string;
  /** What a verdict calls its pattern, such as `wait`. */
  readonly pattern: string;
  /** Names its steps, team and attribute, as `workaroundKey` writes them; the title for other findings. */
  readonly key: string;
  readonly title: string;
}

const common = new Set(
  'about after again also always and are because been before being case cases could does done from have into just more most much need only other over same some that the their them then there these they this time very what when where which while will with without work would your'.split(
    ' ',
  ),
);

/** Words of four letters or more that carry meaning, by their first six letters so that endings do not matter. */
function stems(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
  return new Set(words.filter((word) => !common.has(word)).map((word) => word.slice(0, 6)));
}

function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return [...a].filter((word) => b.has(word)).length;
}

const leastScore = 2;

const ofWaiting = /\b(?:await|backlog|chas(?:e|ing)|delay|held|hold|late\b|overdue|queu|slow|stuck|wait)/iu;

const ofAgain =
  /\b(?:again|back|correct|doubl|duplicat|more than once|once more|re-?(?:check|do|enter|key|open|submi|type|work)|redo|repeat|return|second time|sent back|twice)/iu;

/** What a report must speak of to be matched to such a finding: that it names the same step says too little. */
const mustSpeakOf: Readonly<Record<string, RegExp>> = {
  wait: ofWaiting,
  rework: ofAgain,
  'rejection-loop': new RegExp(`${ofAgain.source}|\\b(?:refus|reject|turn(?:ed|s)? (?:away|down))`, 'iu'),
  'failure-demand': new RegExp(`${ofWaiting.source}|\\b(?:call|contact|phon|ring|rung|telephon)`, 'iu'),
};

/**
 * The finding that a report most likely speaks of, or null where none has enough in common. A step that the report
 * names counts as three shared words, its team as one (product rule): a hint for the reader, never a verdict. A wait is
 * matched only where the report speaks of waiting or chasing, work done again only where it speaks of that.
 */
export function matchReport(report: ReportWords, findings: readonly MatchableFinding[]): string | null {
  const words = `${report.what} ${report.why ?? ''}`;
  const said = stems(words);
  const step = report.step?.trim().toLowerCase();
  const team = report.team?.trim().toLowerCase();
  const possible = findings.filter(({ pattern }) => mustSpeakOf[pattern]?.test(words) ?? true);
  const scored = possible.map((finding) => {
    const text = `${finding.key} ${finding.title}`;
    const low = text.toLowerCase();
    const named = step && low.includes(step) ? 3 : 0;
    const there = team && low.includes(team) ? 1 : 0;
    return { id: finding.id, score: named + there + shared(said, stems(text)) };
  });
  const [best] = scored.toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  return best && best.score >= leastScore ? best.id : null;
}
