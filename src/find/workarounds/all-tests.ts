import type { ColumnSpec, Warehouse } from '../../stores/index.ts';
import type { PatternSettings, PatternTest } from './alert.ts';
import { outsideHours } from './patterns/hours.ts';
import { linkedValues } from './patterns/linked-values.ts';
import { directRepetition, outOfPlace, recurrentSequence, unusualNeighbour } from './patterns/order.ts';
import { exclusiveSteps, frequentOccurrence, missingStep, rareStep } from './patterns/presence.ts';
import { teamDoesOften, teamValues } from './patterns/team-habits.ts';
import { numberOfWorkers, unusualTeam } from './patterns/teams.ts';
import { timeTests } from './patterns/times.ts';
import { attributeTests } from './patterns/values.ts';
import { splitWords, wordsInText } from './patterns/words.ts';
import { wrongOrder } from './patterns/wrong-order.ts';

/** Every test of single cases against their peers, over the tables of `preparePatterns`. */
export function allTests(
  warehouse: Warehouse,
  attributes: readonly ColumnSpec[],
  settings: PatternSettings,
): readonly PatternTest[] {
  const { words, others } = splitWords(attributes);
  return [
    missingStep(settings),
    directRepetition(),
    frequentOccurrence(settings),
    unusualNeighbour(settings),
    outOfPlace(settings),
    wrongOrder(settings),
    unusualTeam(settings),
    rareStep(settings),
    exclusiveSteps(),
    recurrentSequence(),
    teamDoesOften(settings),
    numberOfWorkers(settings),
    outsideHours(warehouse),
    ...timeTests(warehouse, settings),
    ...attributeTests(warehouse, others),
    ...linkedValues(warehouse, others),
    ...teamValues(warehouse, others),
    ...wordsInText(words),
  ];
}
