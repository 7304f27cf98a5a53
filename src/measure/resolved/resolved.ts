import { formatValue, listInWords, type Result } from '../../core/index.ts';
import { cannotTell } from '../cannot-tell.ts';
import { provenanceOf, type Study } from '../study.ts';
import { figure, sentence, standingCaveats } from '../wording.ts';
import type { TeamPair } from './compare-teams.ts';
import {
  handledChart,
  pairsTable,
  perHour,
  recordsTable,
  teamsTable,
  teamTitle,
  watchedLabel,
  windowsTable,
} from './resolved-tables.ts';
import type { ResolvedStudy, TeamFigures } from './study-teams.ts';

const question = 'Do we resolve what people contact us about, or only handle it?';
const about = { id: 'resolved', question };
/** Share of contacts that may be without a person before a caution is due (product rule). */
const mostUnlinked = 0.05;

const percent = (value: number) => formatValue(Math.abs(value), 'share');

function repeatOf(found: ResolvedStudy, team: string): string {
  return percent(found.teams.find((one) => one.team === team)?.windows[0].repeat.value ?? 0);
}

/** The pair for which the count of contacts is furthest wrong, if any. */
function worstReversal(pairs: readonly TeamPair[]): TeamPair | undefined {
  return pairs
    .filter(({ isReversed }) => isReversed)
    .toSorted((a, b) => b.resolved.growth - a.resolved.growth)[0];
}

function reversalInWords(found: ResolvedStudy, pair: TeamPair): string {
  const [faster, slower] = [teamTitle(found, pair.faster), teamTitle(found, pair.slower)];
  return `${slower} resolves ${percent(pair.resolved.growth)} more ${perHour(found)}, though ${faster} handles ${percent(pair.handled.growth)} more: of the contacts that ${faster} handles ${repeatOf(found, pair.faster)} are followed by another on the same issue within ${found.days} days, against ${repeatOf(found, pair.slower)}. Contacts handled an hour point the wrong way`;
}

function plainWords(found: ResolvedStudy): string {
  const ordered = found.teams.toSorted(
    (a, b) => b.windows[0].resolvedPerHour.value - a.windows[0].resolvedPerHour.value,
  );
  const clause = (team: TeamFigures) =>
    `${team.title} handles ${formatValue(team.handledPerHour.value, 'number')} contacts ${perHour(found)} and resolves ${formatValue(team.windows[0].resolvedPerHour.value, 'number')} issues (${percent(team.windows[0].repeat.value)} come back within ${found.days} days)`;
  const said = listInWords(ordered.slice(0, 3).map(clause));
  if (found.teams.length < 2) return said;
  return `${said}; the two counts do not rank the teams opposite ways`;
}

function caveatsOf(study: Study, found: ResolvedStudy): readonly string[] {
  const { records, need } = found;
  const again = records.again + records.parts;
  const automated = need.recordedAnswered - need.handled;
  const unlinked = 1 - need.linked / Math.max(1, need.contacts);
  return [
    ...standingCaveats(study),
    ...(again > 0
      ? [
          `Counting records instead of contacts would count ${percent(again / (records.rows - again))} more: ${listInWords(
            [
              { n: records.again, what: 'were delivered again' },
              { n: records.parts, what: 'are parts of calls passed on' },
            ]
              .filter(({ n }) => n > 0)
              .map(({ n, what }) => `${formatValue(n, 'count')} ${what}`),
          )}.`,
        ]
      : []),
    ...(automated > 0
      ? [
          `Recorded messages count as answered in the records: ${percent(need.recordedAnswered / need.contacts)} answered by that count, ${percent(need.handled / need.contacts)} by somebody.`,
        ]
      : []),
    ...(unlinked > mostUnlinked
      ? [
          `${percent(unlinked)} of contacts name no person or case; they are taken to come back as often as the others.`,
        ]
      : []),
    ...(found.hour === 'handling'
      ? [
          'Paid hours of the teams are not given: an hour here is one of handling, without waiting or wrapping up.',
        ]
      : []),
    ...(found.teams.length > 1
      ? ['Teams may get different contacts: a difference is a question to the teams, not yet a cause.']
      : []),
    'No repeat within the days waited is taken for resolved; a person who gave up looks the same.',
  ];
}

/**
 * Handled against resolved by team: what comes back within the charter's days (14 by default) is charged to the team
 * that had the contact before. Null where the workspace has no contacts.
 */
export function resolvedResult(study: Study, found: ResolvedStudy | null): Result | null {
  if (!found) return null;
  if (found.need.linked === 0 && found.starts.length > 0)
    return cannotTell(
      study,
      about,
      'contacts name neither a person nor a case, so a repeat cannot be told from a new issue',
      'Ask for the number or reference that the contact came from, as a pseudonym.',
    );
  if (found.teams.length === 0)
    return cannotTell(
      study,
      about,
      `no period of contacts with hours of a team has been watched for ${found.days} days after it`,
      'Add contacts of more months, and name under "contacts", "hours" the inputs that hold the paid hours of each team.',
    );
  const label = watchedLabel(study, found);
  const reversal = worstReversal(found.pairs);
  const chart = handledChart(found, reversal);
  const pairs = pairsTable(found);
  const share = found.need.resolved / Math.max(1, found.need.issues);
  const isCautious =
    found.hour === 'handling' || found.need.linked < (1 - mostUnlinked) * found.need.contacts;
  return {
    id: 'resolved',
    question,
    answer: `${sentence(reversal ? reversalInWords(found, reversal) : plainWords(found))}.`,
    status: isCautious ? 'caution' : 'sound',
    figures: [
      ...(reversal
        ? [
            figure(
              'wrong-way',
              `${teamTitle(found, reversal.slower)} ahead of ${teamTitle(found, reversal.faster)} in issues resolved ${perHour(found)}`,
              reversal.resolved.growth,
              'growth',
              { interval: reversal.resolved.interval, period: label },
            ),
            figure(
              'handled-lead',
              `${teamTitle(found, reversal.faster)} ahead of ${teamTitle(found, reversal.slower)} in contacts handled ${perHour(found)}`,
              reversal.handled.growth,
              'growth',
              { interval: reversal.handled.interval, period: label },
            ),
          ]
        : []),
      ...found.teams.flatMap((team) => [
        figure(
          `resolved-${team.team}`,
          `${team.title}: issues resolved ${perHour(found)}`,
          team.windows[0].resolvedPerHour.value,
          'number',
          {
            interval: team.windows[0].resolvedPerHour.interval,
            period: label,
            note: `${formatValue(team.handledPerHour.value, 'number')} contacts handled`,
          },
        ),
        figure(
          `repeat-${team.team}`,
          `${team.title}: contacts followed by another within ${found.days} days`,
          team.windows[0].repeat.value,
          'share',
          { interval: team.windows[0].repeat.interval, period: label },
        ),
      ]),
      figure('need-resolved', 'Issues whose last contact somebody handled', share, 'share', {
        period: label,
        note: `of ${formatValue(found.need.issues, 'count')} issues, calls given up and recorded messages among them`,
      }),
    ],
    tables: [
      teamsTable(found, label),
      ...(pairs ? [pairs] : []),
      windowsTable(found),
      recordsTable(found, label),
    ],
    charts: chart ? [chart] : [],
    caveats: caveatsOf(study, found),
    next: [
      ...(reversal
        ? [
            `Stop judging teams by contacts handled or minutes a contact; count issues resolved, and ask ${teamTitle(found, reversal.slower)} what they do in the extra minutes.`,
          ]
        : []),
      'Look at why people had to contact the service at all, before asking any team to be faster.',
    ],
    provenance: {
      ...provenanceOf(
        study,
        'Issue: one person and topic. Handled contacts less those that another on the issue follows, by paid hour (Seddon, on failure demand). Ranges: persons with all their contacts as clusters, or paired periods (Student t), the wider.',
        {
          parameters: { repeat_days: found.days, hour: found.hour },
          recompute: [
            {
              method: 'resolved',
              input: {
                teams: found.teams.map((team) => ({
                  team: team.title,
                  handledPerHour: team.handledPerHour.value,
                  repeatShare: team.windows[0].repeat.value,
                  handlingMinutes: team.minutes,
                })),
              },
            },
          ],
        },
      ),
      queries: found.queries,
    },
  };
}
