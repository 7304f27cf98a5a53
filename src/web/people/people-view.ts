import { type FindingToReview, matchReport, type Said } from '../../find/index.ts';
import { isDismissed, type StaffReport } from '../../stores/index.ts';
import { texts } from '../texts.ts';

/** A report as the page shows it, with the finding that it most likely speaks of. */
export interface ReportView {
  readonly id: string;
  readonly what: string;
  readonly why: string | null;
  readonly facts: string;
  readonly match: { readonly title: string; readonly href: string } | null;
}

function factsOf({ howOften, minutes, step, team }: StaffReport): string {
  const { people } = texts;
  return [
    ...(howOften ? [people.often(howOften.times, people.per[howOften.per])] : []),
    ...(minutes === null ? [] : [people.minutesEach(minutes)]),
    ...(step === null ? [] : [people.atStep(step)]),
    ...(team === null ? [] : [people.inTeam(team)]),
  ].join('; ');
}

/** Reports as the page shows them, the newest first. None is matched to a finding that was dismissed. */
export function viewReports(
  { reports, dispositions }: Said,
  findings: readonly FindingToReview[],
  now: Date,
): readonly ReportView[] {
  const open = findings.filter(
    ({ id, share }) => !dispositions.some((said) => said.finding === id && isDismissed(said, share, now)),
  );
  return reports.map((report) => {
    const matched = open.find(({ id }) => id === matchReport(report, open));
    return {
      id: report.id,
      what: report.what,
      why: report.why,
      facts: factsOf(report),
      match: matched ? { title: matched.title, href: `#${matched.id}` } : null,
    };
  });
}
