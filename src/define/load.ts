import { canonicalJson, countOf, sha256Hex, WellspentFaults } from '../core/index.ts';
import { charterSchema, type LoadedCharter } from './charter/charter.ts';
import {
  brokenReferences,
  repeatedIds,
  senselessEntries,
  unbalancedWeights,
  wrongDates,
  wrongExpressions,
  wrongTimezones,
} from './checks/index.ts';
import { missingExtracts } from './extracts.ts';
import { readCharterText } from './read-text.ts';
import { schemaFaults } from './schema-faults.ts';
import { readYaml } from './yaml-source.ts';

/** Settings of loading a charter. */
export interface LoadOptions {
  /** Also report extracts that are not there; `wellspent check` does. */
  readonly checkExtracts?: boolean;
}

const checks = [
  repeatedIds,
  brokenReferences,
  unbalancedWeights,
  wrongDates,
  wrongTimezones,
  wrongExpressions,
  senselessEntries,
] as const;

/** Reads a charter from text as if it stood in `file`; throws every fault together as CHARTER_INVALID. */
export function parseCharter(text: string, file: string, options: LoadOptions = {}): LoadedCharter {
  const source = readYaml(file, text);
  const parsed = charterSchema.safeParse(source.content);
  const faults = [
    ...source.faults,
    ...(parsed.success ? [] : schemaFaults(parsed.error.issues, source)),
    ...checks.flatMap((check) => check(source)),
    ...(options.checkExtracts ? missingExtracts(source) : []),
  ];
  if (faults.length > 0 || !parsed.success) {
    const inOrder = faults.toSorted((a, b) => (a.where?.line ?? 0) - (b.where?.line ?? 0));
    throw new WellspentFaults(
      'CHARTER_INVALID',
      `The charter ${file} has ${countOf(faults.length, 'fault')}.`,
      inOrder,
    );
  }
  return {
    charter: parsed.data,
    hash: sha256Hex(canonicalJson(parsed.data)),
    file,
    lines: source.lines,
    lineOf: source.lineOf,
  };
}

/**
 * Reads and checks a charter (service.yaml). Every fault of the file comes together, each with its line and
 * what to write, as WellspentFaults CHARTER_INVALID. The hash is over the content: comments and the order of
 * keys do not change it.
 */
export function loadCharter(file: string, options: LoadOptions = {}): LoadedCharter {
  return parseCharter(readCharterText(file), file, options);
}
